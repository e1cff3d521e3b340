package dev.modgate.gomod.zip;

import dev.modgate.gomod.zip.ZipFault.Kind;

/// Where one entry ends the next one begins: from the first byte of the zip to its directory, every
/// byte belongs to exactly one entry.
///
/// Bytes of two entries are read twice, and a small zip can swell; bytes of none may be another zip
/// to readers that go by the headers and not by the directory.
final class Seams {
  private final FaultList faults;
  private long previousEnd;
  private boolean exact = true;

  Seams(FaultList faults) {
    this.faults = faults;
  }

  /// The next entry in the order of the file.
  ///
  /// @return whether its contents may be read
  boolean begin(Entry entry) {
    if (entry.offset() < previousEnd) {
      faults.add(
          Kind.DISAGREEMENT,
          entry.quoted()
              + " begins at offset "
              + entry.offset()
              + " but the entry before it ends at "
              + previousEnd);
      exact = false;
      return false;
    }
    if (exact && entry.offset() > previousEnd) {
      addGap(entry.offset(), entry.quoted());
    }
    return true;
  }

  /// Behind the last entry.
  void directory(long offset) {
    if (exact && offset > previousEnd) {
      addGap(offset, "the directory");
    }
  }

  /// The entry that began last was read to its end.
  void end(long offset) {
    previousEnd = offset;
    exact = true;
  }

  /// An entry whose end is unknown.
  void skip() {
    exact = false;
  }

  private void addGap(long offset, String next) {
    faults.add(
        Kind.DISAGREEMENT,
        "the bytes from offset "
            + previousEnd
            + " to "
            + offset
            + ", before "
            + next
            + ", belong to no entry");
  }
}
