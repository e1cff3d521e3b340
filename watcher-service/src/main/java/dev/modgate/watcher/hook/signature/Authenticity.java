package dev.modgate.watcher.hook.signature;

import java.util.Optional;

/// Whether a delivery was signed with a secret of its source. The sentences are for the operator,
/// not for who sent it.
public sealed interface Authenticity {

  /// @param id what the host calls this delivery, at most 180 printable characters
  /// @param besides what tells deliveries of one body apart where there is no id: a time or an id
  ///   of something else, at most 100 printable characters; empty for nothing
  record Authentic(Optional<String> id, String besides) implements Authenticity {
    private static final int MOST_CHARACTERS = 180;
    private static final int MOST_BESIDES = 100;

    public Authentic {
      id = id.filter(text -> !text.isEmpty() && isWord(text, MOST_CHARACTERS));
      besides = isWord(besides, MOST_BESIDES) ? besides : "";
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
