package dev.modgate.gomod.zip;

import dev.modgate.gomod.dirhash.H1;
import java.util.List;
import java.util.Optional;

/// What was found in a module zip.
///
/// @param hash the h1 of the contents; present exactly when there are no faults
/// @param goModHash of the go.mod at the root, where there is one that could be read
/// @param faults all that could be found: first of single names, then of names together, then of
///   contents, each in the order of the zip
public record ZipReport(Optional<H1> hash, Optional<H1> goModHash, List<ZipFault> faults) {

  /// @throws IllegalArgumentException when there is a hash beside faults, or neither
  public ZipReport {
    faults = List.copyOf(faults);
    if (hash.isPresent() != faults.isEmpty()) {
      throw new IllegalArgumentException("a zip has either a hash or faults, not " + faults.size());
    }
  }
}
