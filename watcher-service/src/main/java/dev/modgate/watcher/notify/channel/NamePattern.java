package dev.modgate.watcher.notify.channel;

import dev.modgate.gomod.quote.Quoted;

/// Which sources or owners: `*` stands for any text, all else for itself.
///
/// @param text at most 200 characters
public record NamePattern(String text) {
  private static final int MOST_CHARACTERS = 200;

  /// @throws IllegalArgumentException when nothing can match
  public NamePattern {
    if (text.isBlank()
        || text.length() > MOST_CHARACTERS
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "has " + Quoted.of(text) + ", want a name, in which * stands for any text");
    }
  }

  /// In time of at most the product of both lengths.
  public boolean matches(String name) {
    int at = 0; // in the pattern
    int read = 0; // of the name
    int star = -1;
    int retry = 0;
    while (read < name.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        retry = read;
      } else if (at < text.length() && text.charAt(at) == name.charAt(read)) {
        at++;
        read++;
      } else if (star >= 0) {
        at = star + 1;
        read = ++retry;
      } else {
        return false;
      }
    }
    return text.substring(at).chars().allMatch(c -> c == '*');
  }

  @Override
  public String toString() {
    return text;
  }
}
