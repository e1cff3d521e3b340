package dev.modgate.gomod.module;

import dev.modgate.gomod.quote.Quoted;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules that module paths, import paths and file names share:
/// `golang.org/x/mod/module.checkPath`.
final class PathElements {
  enum Kind {
    MODULE,
    IMPORT,
    FILE
  }

  private static final String FILE_PUNCTUATION = "!#$%&()+,-.=@[]^_{}~ ";

  /// Names that Windows gives to devices, with any extension.
  private static final Set<String> WINDOWS_DEVICES =
      Set.of(
          "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7",
          "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

  private PathElements() {}

  /// What is wrong with a path, or null.
  static @Nullable String fault(String path, Kind kind) {
    if (path.isEmpty()) {
      return "it is empty";
    }
    if (kind != Kind.FILE && path.charAt(0) == '-') {
      return "it begins with a dash";
    }
    if (path.charAt(0) == '/') {
      return "it begins with a slash";
    }
    if (path.endsWith("/")) {
      return "it ends with a slash";
    }
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String fault = elementFault(path.substring(start, end), kind);
      if (fault != null) {
        return fault;
      }
      start = end + 1;
    }
    return null;
  }

  private static @Nullable String elementFault(String element, Kind kind) {
    if (element.isEmpty()) {
      return "it has two slashes in a row";
    }
    if (element.chars().allMatch(c -> c == '.')) {
      return "its element " + Quoted.of(element) + " is only dots";
    }
    if (kind == Kind.MODULE && element.charAt(0) == '.') {
      return "its element " + Quoted.of(element) + " begins with a dot";
    }
    if (element.endsWith(".")) {
      return "its element " + Quoted.of(element) + " ends with a dot";
    }
    for (int i = 0; i < element.length(); ) {
      int c = element.codePointAt(i);
      if (!isAllowed(c, kind)) {
        return "it has the character "
            + Quoted.of(Character.toString(c))
            + ", which is not allowed";
      }
      i += Character.charCount(c);
    }
    return windowsFault(element, kind);
  }

  private static @Nullable String windowsFault(String element, Kind kind) {
    int dot = element.indexOf('.');
    String stem = dot < 0 ? element : element.substring(0, dot);
    if (stem.length() <= 4 && WINDOWS_DEVICES.contains(stem.toUpperCase(Locale.ROOT))) {
      return "its element " + Quoted.of(element) + " is a device on Windows";
    }
    if (kind != Kind.FILE && looksLikeShortName(stem)) {
      return "its element " + Quoted.of(element) + " looks like a Windows short name";
    }
    return null;
  }

  /// Such as `PROGRA~1`: a tilde, then digits to the end.
  private static boolean looksLikeShortName(String stem) {
    int tilde = stem.lastIndexOf('~');
    return tilde >= 0
        && tilde < stem.length() - 1
        && stem.chars().skip(tilde + 1L).allMatch(PathElements::isDigit);
  }

  private static boolean isAllowed(int c, Kind kind) {
    return switch (kind) {
      case MODULE -> isModuleCharacter(c);
      case IMPORT -> isModuleCharacter(c) || c == '+';
      case FILE -> isFileCharacter(c);
    };
  }

  private static boolean isModuleCharacter(int c) {
    return isAsciiLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
  }

  private static boolean isFileCharacter(int c) {
    if (c < 0x80) {
      return isAsciiLetterOrDigit(c) || FILE_PUNCTUATION.indexOf(c) >= 0;
    }
    return Letters.contains(c);
  }

  private static boolean isAsciiLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
