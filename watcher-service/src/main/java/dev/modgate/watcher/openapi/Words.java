package dev.modgate.watcher.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The sentences of `words.txt`: what operations, parameters and bodies are.
record Words(Map<String, String> byName) {
  private static final String FILE = "words.txt";

  Words {
    byName = Map.copyOf(byName);
  }

  static Words read() {
    try (InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream(FILE), FILE)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param text a line each, `name: sentence`; empty lines and those that begin with `#` say
  ///   nothing
  static Words parse(String text) {
    var words = new TreeMap<String, String>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(": ");
      if (colon > 0 && !line.startsWith("#")) {
        words.put(line.substring(0, colon), line.substring(colon + 2).strip());
      }
    }
    return new Words(words);
  }

  Optional<String> of(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
