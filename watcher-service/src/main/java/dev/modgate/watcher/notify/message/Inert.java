package dev.modgate.watcher.notify.message;

/// Takes the power from text that stands in markup which documents no escape: what would be markup
/// is replaced by a character that looks like it. What does nothing where it stands, such as the
/// underscore of `go_kit`, stays and can be copied.
final class Inert {
  private Inert() {}

  /// Of what Slack's three escapes leave.
  static String slack(String text) {
    return replace(text, "*`");
  }

  static String markdown(String text) {
    return replace(text, "*`[]<>&#\\|");
  }

  private static String replace(String text, String active) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean acts = active.indexOf(c) >= 0 || ((c == '_' || c == '~') && !isWithinWord(text, i));
      out.append(acts ? lookalike(c) : c);
    }
    return out.toString();
  }

  private static boolean isWithinWord(String text, int i) {
    return i > 0
        && i + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(i - 1))
        && Character.isLetterOrDigit(text.charAt(i + 1));
  }

  private static char lookalike(char c) {
    return switch (c) {
      case '*' -> '∗';
      case '`' -> 'ˋ';
      case '_' -> '＿';
      case '~' -> '∼';
      default -> (char) (c - '!' + '！'); // full width
    };
  }
}
