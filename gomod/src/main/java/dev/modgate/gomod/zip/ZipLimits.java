package dev.modgate.gomod.zip;

/// How large a module zip may be; all but the last two are Go's own.
///
/// @param zipBytes of the whole file
/// @param contentBytes of all entries together, decompressed
/// @param goModBytes of the go.mod at the root
/// @param licenseBytes of the LICENSE at the root
/// @param directoryBytes of the central directory; bounds memory
/// @param entries bounds memory; the largest public modules have some 30,000
record ZipLimits(
    long zipBytes,
    long contentBytes,
    long goModBytes,
    long licenseBytes,
    long directoryBytes,
    int entries) {
  private static final long MIB = 1 << 20;

  static final ZipLimits GO =
      new ZipLimits(500 * MIB, 500 * MIB, 16 * MIB, 16 * MIB, 32 * MIB, 250_000);
}
