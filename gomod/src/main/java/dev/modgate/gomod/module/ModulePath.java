package dev.modgate.gomod.module;

import dev.modgate.gomod.quote.Quoted;

/// A module path that `go` would download, such as `github.com/BurntSushi/toml`.
///
/// Source: `golang.org/x/mod/module.CheckPath`, https://go.dev/ref/mod#module-path
///
/// @param value the path as written in a go.mod, not case-encoded
public record ModulePath(String value) implements Comparable<ModulePath> {
  /// `go` has no limit; this one keeps object keys within what every store takes.
  public static final int MAX_LENGTH = 400;

  /// Room for a suffix within the 255 bytes that file systems give a name.
  static final int MAX_ELEMENT_LENGTH = 200;

  /// @throws IllegalArgumentException naming the path and what is wrong with it
  public ModulePath {
    PathRules.checkModulePath(value);
  }

  /// The path as it stands in URLs and object keys: each upper-case letter is `!` and its
  /// lower-case form (https://go.dev/ref/mod#goproxy-protocol).
  public String escaped() {
    return Escape.encode(value);
  }

  /// @throws IllegalArgumentException when the text is no case-encoded module path
  public static ModulePath unescape(String escaped) {
    return new ModulePath(Escape.decode(escaped));
  }

  @Override
  public int compareTo(ModulePath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  /// Case-encoding, shared by paths and versions.
  static final class Escape {
    private Escape() {}

    static String encode(String s) {
      if (s.chars().noneMatch(c -> c >= 'A' && c <= 'Z')) {
        return s;
      }
      var out = new StringBuilder(s.length() + 8);
      for (int i = 0; i < s.length(); i++) {
        char c = s.charAt(i);
        if (c >= 'A' && c <= 'Z') {
          out.append('!').append((char) (c - 'A' + 'a'));
        } else {
          out.append(c);
        }
      }
      return out.toString();
    }

    static String decode(String s) {
      var out = new StringBuilder(s.length());
      int i = 0;
      while (i < s.length()) {
        char c = s.charAt(i++);
        if (c >= 'A' && c <= 'Z') {
          throw new IllegalArgumentException(
              Quoted.of(s) + " is not case-encoded: it has the upper-case letter \"" + c + "\"");
        }
        if (c != '!') {
          out.append(c);
          continue;
        }
        if (i == s.length() || s.charAt(i) < 'a' || s.charAt(i) > 'z') {
          throw new IllegalArgumentException(
              Quoted.of(s) + " is not case-encoded: \"!\" must be followed by a lower-case letter");
        }
        out.append((char) (s.charAt(i++) - 'a' + 'A'));
      }
      return out.toString();
    }
  }
}
