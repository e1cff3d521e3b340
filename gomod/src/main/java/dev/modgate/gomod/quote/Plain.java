package dev.modgate.gomod.quote;

import java.util.Locale;

/// Shows text from elsewhere bare: a sentence that somebody else wrote, or a name that has passed a
/// rule of its own. What does not print, line ends too, is escaped as in Java; nothing is quoted or
/// cut, so text that prints stays as it is.
public final class Plain {
  private Plain() {}

  public static String of(String text) {
    if (text.codePoints().allMatch(Plain::prints)) {
      return text;
    }
    var out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int codePoint) {
    if (prints(codePoint)) {
      out.appendCodePoint(codePoint);
      return;
    }
    for (char c : Character.toChars(codePoint)) {
      out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
  }

  private static boolean prints(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT, // among them those that turn the direction of what follows
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
