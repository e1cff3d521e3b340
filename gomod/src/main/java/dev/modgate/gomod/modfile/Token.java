package dev.modgate.gomod.modfile;

import dev.modgate.gomod.quote.Quoted;

/// Takes the quotes off a token.
final class Token {
  private Token() {}

  /// @throws IllegalArgumentException when the token is not quoted as Go quotes
  static String unquote(String token) {
    if (token.startsWith("`")) {
      return token.substring(1, token.length() - 1).replace("\r", "");
    }
    if (token.startsWith("\"")) {
      return unescape(token);
    }
    if (token.indexOf('"') >= 0 || token.indexOf('\'') >= 0 || token.indexOf('`') >= 0) {
      throw new IllegalArgumentException(
          "string " + Quoted.of(token) + " has a quote but does not begin with one");
    }
    return token;
  }

  private static String unescape(String token) {
    var out = new StringBuilder();
    int i = 1;
    while (i < token.length() - 1) {
      char c = token.charAt(i++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = token.charAt(i++);
      int digits = digits(escape);
      if (digits == 0) {
        out.append(simple(escape, token));
      } else {
        out.appendCodePoint(hex(token, i, digits));
        i += digits;
      }
    }
    return out.toString();
  }

  private static int digits(char escape) {
    return switch (escape) {
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      default -> 0;
    };
  }

  private static char simple(char escape, String token) {
    return switch (escape) {
      case '"', '\\' -> escape;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'v' -> 11;
      default ->
          throw new IllegalArgumentException(
              "string " + Quoted.of(token) + " has the unknown escape " + Quoted.of("\\" + escape));
    };
  }

  private static int hex(String token, int from, int digits) {
    int end = from + digits;
    if (end < token.length() && token.substring(from, end).matches("[0-9a-fA-F]+")) {
      long value = Long.parseLong(token, from, end, 16);
      // \x is a byte of UTF-8 in Go; what is no character by itself has no place in a go.mod
      if (value < (digits == 2 ? 0x80 : Character.MAX_CODE_POINT + 1)) {
        return (int) value;
      }
    }
    throw new IllegalArgumentException("string " + Quoted.of(token) + " has a broken escape");
  }
}
