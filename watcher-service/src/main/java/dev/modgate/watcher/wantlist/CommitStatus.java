package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.event.EventJson;
import java.util.List;

/// How the modules of one commit are.
///
/// @param total how many module versions it needs
/// @param rejected how many of them won't come inside
/// @param sentences at least one, the first for the commit, then what went wrong
public record CommitStatus(
    String source,
    String commit,
    State state,
    int total,
    int inside,
    int rejected,
    List<String> sentences) {
  public static final int MOST_SENTENCES = 21;
  public static final int MOST_CHARACTERS = 300;

  public enum State {
    PENDING,
    SUCCESS,
    FAILURE;

    public String wireName() {
      return EventJson.wireName(this);
    }

    /// @throws IllegalArgumentException for what [#wireName] never gave
    public static State ofWireName(String name) {
      for (State state : values()) {
        if (state.wireName().equals(name)) {
          return state;
        }
      }
      throw new IllegalArgumentException("state \"" + name + "\" is none");
    }
  }

  /// Cuts sentences, and takes from them what does not print.
  public CommitStatus {
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("a status has a sentence");
    }
    sentences = sentences.stream().limit(MOST_SENTENCES).map(CommitStatus::bounded).toList();
  }

  private static String bounded(String sentence) {
    String plain = Plain.of(sentence);
    if (plain.length() <= MOST_CHARACTERS) {
      return plain;
    }
    int end = MOST_CHARACTERS - 1;
    return plain.substring(0, Character.isHighSurrogate(plain.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
