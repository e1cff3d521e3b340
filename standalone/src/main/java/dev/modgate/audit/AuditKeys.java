package dev.modgate.audit;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.start.StartException;
import dev.modgate.start.key.PinnedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The public keys that are believed.
///
/// @param verifiers any of them may have signed a verdict
/// @param databases the first one of a name counts
public record AuditKeys(List<VerifierKey> verifiers, List<VerifierKey> databases) {
  public AuditKeys {
    verifiers = List.copyOf(verifiers);
    databases = List.copyOf(databases);
  }

  /// @param verifiers each a key, or a file with keys
  /// @param databases each in GOSUMDB syntax; the public database is known besides
  /// @throws IllegalArgumentException naming what is no key
  /// @throws StartException naming the file that can't be used
  public static AuditKeys of(List<String> verifiers, List<String> databases) {
    var signers = new ArrayList<VerifierKey>();
    for (String given : verifiers) {
      signers.addAll(
          given.indexOf('+') < 0 || Files.exists(Path.of(given))
              ? PinnedKeys.read(Path.of(given))
              : PinnedKeys.parse(given));
    }
    var known = new ArrayList<VerifierKey>();
    databases.forEach(text -> add(known, text));
    add(known, GoSumDb.DEFAULT);
    return new AuditKeys(signers, known);
  }

  private static void add(List<VerifierKey> known, String text) {
    switch (GoSumDb.parse(text)) {
      case GoSumDb.Database database -> known.add(database.key());
      case GoSumDb.Off _ -> {
        // no key
      }
    }
  }

  Optional<VerifierKey> database(String name) {
    return databases.stream().filter(key -> key.name().equals(name)).findFirst();
  }
}
