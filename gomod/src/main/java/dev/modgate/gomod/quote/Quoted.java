package dev.modgate.gomod.quote;

import java.util.Locale;

/// Quotes text from outside for an error sentence.
public final class Quoted {
  /// Longer text is cut and says so.
  static final int MAX_CHARACTERS = 200;

  private Quoted() {}

  /// The text in double quotes. Quotes, backslashes and what does not print are escaped as in Java.
  public static String of(String text) {
    var out = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS) + 2).append('"');
    int end = Math.min(text.length(), MAX_CHARACTERS);
    for (int i = 0; i < end; i++) {
      append(out, text.charAt(i));
    }
    out.append('"');
    if (end < text.length()) {
      out.append("... (").append(text.length()).append(" characters)");
    }
    return out.toString();
  }

  private static void append(StringBuilder out, char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (isPlain(c)) {
      out.append(c);
    } else {
      out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    }
  }

  private static boolean isPlain(char c) {
    if (c < 0x7f) {
      return c >= ' ';
    }
    // Surrogates would need their pair; escaping both halves is always right.
    return Character.isLetterOrDigit(c);
  }
}
