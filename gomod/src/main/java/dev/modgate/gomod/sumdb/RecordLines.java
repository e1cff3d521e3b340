package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import java.util.List;

/// The two hashes that an authentic record has for one module version.
record RecordLines(H1 zip, H1 goMod) {

  /// Lines with a hash of another kind are ignored, as `go` does: they are for later.
  ///
  /// @throws SumDbException when one of them is not there, or there twice and different
  static RecordLines of(String record, ModuleVersion module) throws SumDbException {
    String version = module.path() + " " + module.version();
    return new RecordLines(hash(record, version), hash(record, version + "/go.mod"));
  }

  private static H1 hash(String record, String file) throws SumDbException {
    List<String> hashes =
        record
            .lines()
            .filter(line -> line.startsWith(file + " h1:"))
            .map(line -> line.substring(file.length() + 1))
            .distinct()
            .toList();
    if (hashes.isEmpty()) {
      throw SumDbException.wrongRecord(
          "record has no h1 of " + file + ", it is " + Quoted.of(record));
    }
    if (hashes.size() > 1) {
      throw SumDbException.wrongRecord("record has " + hashes.size() + " different h1 of " + file);
    }
    try {
      return new H1(hashes.getFirst());
    } catch (IllegalArgumentException e) {
      throw SumDbException.wrongRecord("record says of " + file + ": " + e.getMessage());
    }
  }
}
