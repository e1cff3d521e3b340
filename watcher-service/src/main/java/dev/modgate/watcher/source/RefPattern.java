package dev.modgate.watcher.source;

import dev.modgate.gomod.quote.Quoted;
import java.util.Arrays;

/// Which branches or tags: `*` stands for anything without a `/`, `**` for anything, `?` for one
/// character that is no `/`; all else for itself.
///
/// @param text as declared
public record RefPattern(String text) {
  private static final int MOST_CHARACTERS = 200;

  /// @throws IllegalArgumentException when no branch can match
  public RefPattern {
    if (text.isEmpty()
        || text.length() > MOST_CHARACTERS
        || text.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "~^:\\[".indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          Quoted.of(text) + " is no pattern for branches or tags: want text, *, ** and ?");
    }
  }

  /// In time of at most the product of both lengths.
  ///
  /// @param name of a branch or tag, without `refs/heads/` or `refs/tags/`
  public boolean matches(String name) {
    var reached = new boolean[name.length() + 1]; // after so many characters of the name
    reached[0] = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '*') {
        boolean all = i + 1 < text.length() && text.charAt(i + 1) == '*';
        i += all ? 1 : 0;
        for (int n = 0; n < name.length(); n++) {
          reached[n + 1] |= reached[n] && (all || name.charAt(n) != '/');
        }
      } else {
        for (int n = name.length(); n > 0; n--) {
          char found = name.charAt(n - 1);
          reached[n] = reached[n - 1] && (c == '?' ? found != '/' : c == found);
        }
        Arrays.fill(reached, 0, 1, false);
      }
    }
    return reached[name.length()];
  }

  @Override
  public String toString() {
    return text;
  }
}
