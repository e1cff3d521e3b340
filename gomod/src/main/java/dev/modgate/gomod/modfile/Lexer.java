package dev.modgate.gomod.modfile;

import dev.modgate.gomod.quote.Quoted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes one line apart into tokens and its comment.
final class Lexer {
  private static final String PUNCTUATION = "()[]{},";

  private final String text;
  private final int number;
  private int at;

  /// @param comment without `//`, stripped; null where there is none
  record Line(int number, List<String> tokens, @Nullable String comment) {}

  private Lexer(String text, int number) {
    this.text = text;
    this.number = number;
  }

  static Line read(String text, int number) throws SyntaxError {
    return new Lexer(text, number).line();
  }

  private Line line() throws SyntaxError {
    var tokens = new ArrayList<String>();
    while (true) {
      skipSpace();
      if (at == text.length()) {
        return new Line(number, tokens, null);
      }
      if (text.startsWith("//", at)) {
        return new Line(number, tokens, text.substring(at + 2).strip());
      }
      refuseBlockComment();
      tokens.add(token());
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void refuseBlockComment() throws SyntaxError {
    if (text.startsWith("/*", at)) {
      throw new SyntaxError(number, "comments begin with \"//\", not with \"/*\"");
    }
  }

  private String token() throws SyntaxError {
    int start = at;
    char c = text.charAt(at);
    if (PUNCTUATION.indexOf(c) >= 0) {
      at++;
    } else if (c == '"' || c == '`') {
      skipString(c);
    } else {
      skipWord();
    }
    return text.substring(start, at);
  }

  private void skipString(char quote) throws SyntaxError {
    int start = at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote == '"' ? 2 : 1;
    }
    if (at >= text.length()) {
      throw new SyntaxError(
          number, "string " + Quoted.of(text.substring(start)) + " does not end on its line");
    }
    at++;
  }

  private void skipWord() throws SyntaxError {
    int start = at;
    while (at < text.length() && !text.startsWith("//", at)) {
      refuseBlockComment();
      int c = text.codePointAt(at);
      if (!isWord(c)) {
        break;
      }
      at += Character.charCount(c);
    }
    if (at == start) {
      throw new SyntaxError(
          number,
          "character " + Quoted.of(Character.toString(text.codePointAt(at))) + " is not allowed");
    }
  }

  private static boolean isWord(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> PUNCTUATION.indexOf(c) < 0;
    };
  }
}
