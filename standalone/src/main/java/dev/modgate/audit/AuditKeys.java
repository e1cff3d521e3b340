package dev.modgate.audit;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.pipeline.store.FileObjectSource;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.start.StartException;
import dev.modgate.start.key.PinnedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The public keys that are believed.
///
/// @param verifiers any of them may have signed a verdict
/// @param databases one a name
public record AuditKeys(List<VerifierKey> verifiers, List<VerifierKey> databases) {
  private static final int MAX_KEY_BYTES = 4096;

  public AuditKeys {
    verifiers = List.copyOf(verifiers);
    databases = List.copyOf(databases);
  }

  /// @param verifiers each a key, or a file with keys
  /// @param databases each in GOSUMDB syntax; the public database is known besides
  /// @throws IllegalArgumentException naming what is no key, or the two keys of one database
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
    add(known, GoSumDb.DEFAULT);
    databases.forEach(text -> add(known, text));
    return new AuditKeys(signers, known.stream().distinct().toList());
  }

  private static void add(List<VerifierKey> known, String text) {
    switch (GoSumDb.parse(text)) {
      case GoSumDb.Database database -> {
        requireNoOther(known, database.key());
        known.add(database.key());
      }
      case GoSumDb.Off _ -> {
        // no key
      }
    }
  }

  private static void requireNoOther(List<VerifierKey> known, VerifierKey key) {
    known.stream()
        .filter(other -> other.name().equals(key.name()) && !other.equals(key))
        .findFirst()
        .ifPresent(other -> {
          throw new IllegalArgumentException(
              "checksum database "
                  + Quoted.of(key.name())
                  + " has the key "
                  + other
                  + " and another one, "
                  + key);
        });
  }

  /// Those that the verifiers with this blob store were told at their beginning. Only reads.
  ///
  /// @param blobs folder of the blob store, which need not be there
  public static List<String> remembered(Path blobs) throws IOException {
    Path trust = blobs.resolve("trust");
    if (!Files.isDirectory(trust)) {
      return List.of();
    }
    var keys = new ArrayList<String>();
    var objects = new FileObjectSource(blobs);
    try (Stream<Path> folders = Files.list(trust)) {
      for (Path folder : folders.sorted().toList()) {
        var key = new ObjectKey("trust/" + folder.getFileName() + "/created");
        try (ObjectReader created = objects.open(key).orElse(null)) {
          if (created != null) {
            keys.add(new String(created.readAll(MAX_KEY_BYTES), StandardCharsets.UTF_8).strip());
          }
        }
      }
    }
    return keys;
  }

  Optional<VerifierKey> database(String name) {
    return databases.stream().filter(key -> key.name().equals(name)).findFirst();
  }
}
