package dev.modgate.start.key;

import dev.modgate.gomod.note.VerifierKey;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Public keys of verifiers, several where one takes the place of another.
public final class PinnedKeys {
  private PinnedKeys() {}

  /// @param text keys with commas, blanks or line ends between them
  /// @throws IllegalArgumentException naming the key that is none
  public static List<VerifierKey> parse(String text) {
    return Arrays.stream(text.split("[,\\s]+"))
        .filter(key -> !key.isEmpty())
        .map(VerifierKey::parse)
        .distinct()
        .toList();
  }

  /// @throws StartException when it holds no keys
  public static List<VerifierKey> read(Path file) {
    String name = "verifier keys " + Quoted.of(file.toString());
    try {
      List<VerifierKey> keys = parse(Files.readString(file));
      if (keys.isEmpty()) {
        throw new StartException(name + " are none: the file is empty");
      }
      return keys;
    } catch (IOException e) {
      throw new StartException(name + " can't be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new StartException(name + " can't be used: " + e.getMessage());
    }
  }
}
