package dev.modgate.watcher.hook.signature;

import dev.modgate.pipeline.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Whether a delivery was signed with a secret of its source. The sentences are for the operator,
/// not for who sent it.
public sealed interface Authenticity {

  /// What is longer or has other characters is told by its hash.
  ///
  /// @param id what the host calls this delivery, at most 180 printable characters
  /// @param besides what tells deliveries of one body apart where there is no id: a time or an id
  ///   of something else, at most 100 printable characters; empty for nothing
  record Authentic(Optional<String> id, String besides) implements Authenticity {
    private static final int MOST_CHARACTERS = 180;
    private static final int MOST_BESIDES = 100;

    public Authentic {
      id = id.filter(text -> !text.isBlank()).map(text -> word(text, MOST_CHARACTERS));
      besides = word(besides, MOST_BESIDES);
    }

    private static String word(String text, int mostCharacters) {
      return isWord(text, mostCharacters)
          ? text
          : "sha256:" + Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isWord(String text, int mostCharacters) {
      return text.length() <= mostCharacters && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
  }

  /// There is nothing to be checked.
  record Unsigned(String why) implements Authenticity {}

  /// Something else, or with another secret, was signed.
  record Wrong(String why) implements Authenticity {}

  /// Signed with the right secret, but not now.
  record Stale(String why) implements Authenticity {}
}
