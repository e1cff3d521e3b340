package dev.modgate.gomod.module;

import dev.modgate.gomod.quote.Quoted;
import org.jspecify.annotations.Nullable;

/// What `golang.org/x/mod/module.CheckPath` demands, and bounds on length.
final class PathRules {
  private PathRules() {}

  /// @throws IllegalArgumentException naming the path and what is wrong with it
  static void checkModulePath(String path) {
    String fault = fault(path);
    if (fault != null) {
      throw new IllegalArgumentException("module path " + Quoted.of(path) + ": " + fault);
    }
  }

  private static @Nullable String fault(String path) {
    if (path.length() > ModulePath.MAX_LENGTH) {
      return "it is "
          + path.length()
          + " characters long, at most "
          + ModulePath.MAX_LENGTH
          + " are allowed";
    }
    String fault = PathElements.fault(path, PathElements.Kind.MODULE);
    if (fault == null) {
      fault = firstElementFault(path);
    }
    if (fault == null && PathMajor.of(path) == null) {
      fault = majorFault(path);
    }
    return fault != null ? fault : lengthFault(path);
  }

  /// The first element is a host name, in lower case so that no two differ by case alone.
  private static @Nullable String firstElementFault(String path) {
    int slash = path.indexOf('/');
    String first = slash < 0 ? path : path.substring(0, slash);
    if (first.indexOf('.') < 0) {
      return "its first element " + Quoted.of(first) + " has no dot";
    }
    for (int i = 0; i < first.length(); i++) {
      char c = first.charAt(i);
      if (!(c == '-' || c == '.' || PathElements.isDigit(c) || (c >= 'a' && c <= 'z'))) {
        return "its first element "
            + Quoted.of(first)
            + " has the character "
            + Quoted.of(String.valueOf(c))
            + ", want lower-case letters, digits, dots and dashes";
      }
    }
    return null;
  }

  private static String majorFault(String path) {
    return path.startsWith("gopkg.in/")
        ? "under gopkg.in it must end in .vN"
        : "its major version suffix must be /v2 or higher, without dots or leading zeros";
  }

  /// Each element becomes the name of a folder, each upper-case letter two characters.
  private static @Nullable String lengthFault(String path) {
    for (String element : path.split("/", -1)) {
      if (ModulePath.Escape.encode(element).length() > ModulePath.MAX_ELEMENT_LENGTH) {
        return "its element "
            + Quoted.of(element)
            + " is longer than "
            + ModulePath.MAX_ELEMENT_LENGTH
            + " characters in case-encoded form";
      }
    }
    return null;
  }
}
