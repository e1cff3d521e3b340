package dev.modgate.standalone;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.start.StartException;
import dev.modgate.start.key.PinnedKeys;
import dev.modgate.start.key.SigningKeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The verifier's key pair of a data folder. Made when the folder is new, and never again by
/// itself: a pair that took the place of a lost one would be believed by nobody who knew the first.
public final class DataKeys {
  private final SigningKeyFile file;
  private final Path modules;

  private DataKeys(Path data) {
    this.file = new SigningKeyFile(data.resolve("keys").resolve("verifier"));
    this.modules = data.resolve("inner").resolve("_modgate").resolve("evidence");
  }

  public static DataKeys of(Path data) {
    return new DataKeys(data);
  }

  /// What the publisher pins, and whoever checks later; may not be there yet.
  public Path pinned() {
    return file.publicKeys();
  }

  Path signing() {
    return file.path();
  }

  /// Comes before the verifier and the publisher start.
  ///
  /// @return what the publisher pins, with commas between
  /// @throws StartException where a part is lost, or the two don't belong together
  String ready() {
    List<Path> present = file.present();
    if (present.isEmpty()) {
      if (Files.exists(modules)) {
        throw lost("modules are inside, but the key pair " + quoted(signing()) + " is lost");
      }
      var _ = file.create(SigningKeyFile.DEFAULT_NAME);
    } else if (!present.contains(signing())) {
      throw lost("the signing key " + quoted(signing()) + " is lost");
    }
    VerifierKey own = file.read().verifierKey();
    if (!Files.exists(pinned())) {
      throw new StartException(
          quoted(pinned())
              + " is lost, which pins the verifier: restore it from a backup, or put this line into"
              + " it: "
              + own);
    }
    List<VerifierKey> keys = PinnedKeys.read(pinned());
    if (!keys.contains(own)) {
      throw new StartException(
          "signing key "
              + quoted(signing())
              + " is "
              + own.id()
              + ", but "
              + quoted(pinned())
              + " pins "
              + keys.stream().map(VerifierKey::id).collect(Collectors.joining(", "))
              + ": restore the right one from a backup, or, where you replaced it yourself, add the"
              + " line "
              + own);
    }
    return keys.stream().map(VerifierKey::toString).collect(Collectors.joining(","));
  }

  private StartException lost(String what) {
    return new StartException(
        what
            + ": restore it from a backup, or make another one with: modgate verifier-key "
            + signing());
  }

  private static String quoted(Path path) {
    return "\"" + path + "\"";
  }
}
