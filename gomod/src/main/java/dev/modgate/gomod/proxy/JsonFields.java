package dev.modgate.gomod.proxy;

import dev.modgate.gomod.quote.Quoted;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Reads the string fields of one JSON object (RFC 8259); all else in it is checked and skipped.
final class JsonFields {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  private JsonFields(String text) {
    this.text = text;
  }

  /// The fields `version` and `time`, by their lower-case names; `null` counts as absent.
  static Map<String, String> read(String text) throws VersionInfoException {
    var reader = new JsonFields(text);
    Map<String, String> fields = reader.topObject();
    reader.blanks();
    if (reader.at < text.length()) {
      throw reader.bad("something follows the object");
    }
    return fields;
  }

  private Map<String, String> topObject() throws VersionInfoException {
    blanks();
    if (!take('{')) {
      throw bad("want a JSON object");
    }
    var fields = new HashMap<String, String>();
    blanks();
    if (take('}')) {
      return fields;
    }
    do {
      blanks();
      String name = foldedName(string());
      blanks();
      expect(':');
      blanks();
      boolean wanted = name.equals("version") || name.equals("time");
      if (!wanted || peek() == 'n') {
        value(1);
      } else if (peek() != '"') {
        throw bad("\"" + name + "\" is no string");
      } else if (fields.put(name, string()) != null) {
        throw bad("\"" + name + "\" stands there twice");
      }
      blanks();
    } while (take(','));
    expect('}');
    return fields;
  }

  /// Go folds names by Unicode; the long s is the only other letter that "version" could meet.
  private static String foldedName(String name) {
    return name.toLowerCase(Locale.ROOT).replace('\u017f', 's');
  }

  private void value(int depth) throws VersionInfoException {
    if (depth > MAX_DEPTH) {
      throw bad("nested more than " + MAX_DEPTH + " deep");
    }
    switch (peek()) {
      case '"' -> string();
      case '{' -> items('{', '}', depth);
      case '[' -> items('[', ']', depth);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void items(char open, char close, int depth) throws VersionInfoException {
    expect(open);
    blanks();
    if (take(close)) {
      return;
    }
    do {
      blanks();
      if (open == '{') {
        string();
        blanks();
        expect(':');
        blanks();
      }
      value(depth + 1);
      blanks();
    } while (take(','));
    expect(close);
  }

  private void number() throws VersionInfoException {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (!text.substring(start, at).matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      at = start;
      throw bad("want a value");
    }
  }

  private void word(String word) throws VersionInfoException {
    if (!text.startsWith(word, at)) {
      throw bad("want a value");
    }
    at += word.length();
  }

  private String string() throws VersionInfoException {
    expect('"');
    var out = new StringBuilder();
    while (true) {
      if (at == text.length()) {
        throw bad("a string does not end");
      }
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      if (c < ' ') {
        throw bad("a string holds a control character");
      }
      out.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() throws VersionInfoException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
          throw bad("\\u wants four hexadecimal digits");
        }
        at += 4;
        yield (char) Integer.parseInt(text, at - 4, at, 16);
      }
      default -> throw bad("unknown escape in a string");
    };
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /// NUL at the end, which nothing accepts.
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(char c) {
    if (peek() != c || at == text.length()) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) throws VersionInfoException {
    if (!take(c)) {
      throw bad("want " + Quoted.of(String.valueOf(c)));
    }
  }

  private VersionInfoException bad(String why) {
    return new VersionInfoException(".info is no JSON at character " + (at + 1) + ": " + why);
  }
}
