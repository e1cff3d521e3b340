package dev.modgate.gomod.note;

import org.jspecify.annotations.Nullable;

/// What a key may be called.
final class KeyName {
  private KeyName() {}

  /// What is wrong with a name, as the end of a sentence whose subject is the name; or null.
  static @Nullable String fault(String name) {
    if (name.isEmpty()) {
      return "is empty";
    }
    if (name.indexOf('+') >= 0) {
      return "has a plus sign";
    }
    if (name.codePoints().anyMatch(KeyName::isSpace)) {
      return "has a space";
    }
    if (name.codePoints().anyMatch(c -> c < 0x20 || Character.getType(c) == Character.SURROGATE)) {
      return "has a character that no note may have";
    }
    return null;
  }

  /// Of the Unicode property White_Space, as Go's `unicode.IsSpace`.
  private static boolean isSpace(int c) {
    return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
  }
}
