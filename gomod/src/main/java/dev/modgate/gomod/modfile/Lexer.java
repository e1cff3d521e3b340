package dev.modgate.gomod.modfile;

import dev.modgate.gomod.quote.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Takes a file apart into lines, and a line into tokens and its comment. Nothing is copied before
/// it is asked for, and no more than the first tokens of a line are remembered, so that memory does
/// not grow with the file.
final class Lexer {
  /// Of a line; no directive has more than six.
  static final int MAX_TOKENS = 8;

  /// A folder's name can be that long.
  static final int MAX_TOKEN_BYTES = 4096;

  private static final String PUNCTUATION = "()[]{},";
  private static final int NOT_UTF8 = 0xfffd;

  private final byte[] text;
  private final int[] starts = new int[MAX_TOKENS];
  private final int[] ends = new int[MAX_TOKENS];
  private int at;
  private int number;
  private int tokens;
  private byte last;
  private byte beforeLast;
  private int commentStart;
  private int commentEnd;

  Lexer(byte[] text) {
    this.text = text;
  }

  /// Goes to the next line.
  ///
  /// @return false at the end of the file
  boolean next() throws SyntaxError {
    if (at == text.length) {
      return false;
    }
    number++;
    tokens = 0;
    commentStart = -1;
    for (skipSpace(); !atEndOfLine(); skipSpace()) {
      if (startsWith('/', '/')) {
        commentStart = at + 2;
        skipToEndOfLine();
        commentEnd = at;
      } else {
        refuseBlockComment();
        addToken();
      }
    }
    if (at < text.length) {
      at++;
    }
    return true;
  }

  /// Of the line, from 1.
  int number() {
    return number;
  }

  /// How many the line has, also where not all are remembered.
  int tokens() {
    return tokens;
  }

  /// The remembered ones from an index on.
  ///
  /// @throws IllegalArgumentException when one is longer than [#MAX_TOKEN_BYTES]
  List<String> tokensFrom(int first) {
    var all = new ArrayList<String>();
    for (int i = first; i < Math.min(tokens, MAX_TOKENS); i++) {
      int length = ends[i] - starts[i];
      if (length > MAX_TOKEN_BYTES) {
        throw new IllegalArgumentException(
            Quoted.of(cut(starts[i], ends[i]))
                + " is the beginning of a word of "
                + length
                + " bytes, at most "
                + MAX_TOKEN_BYTES
                + " are allowed");
      }
      all.add(cut(starts[i], ends[i]));
    }
    return List.copyOf(all);
  }

  /// The first token, or its beginning where it is longer than any verb.
  String verb() {
    return cut(starts[0], ends[0]);
  }

  boolean opensBlock() {
    return tokens > 1 && last == '(';
  }

  boolean isEmptyBlock() {
    return tokens > 2 && beforeLast == '(' && last == ')';
  }

  boolean closesBlock() {
    return text[starts[0]] == ')';
  }

  boolean hasComment() {
    return commentStart >= 0;
  }

  /// Without `//`, stripped.
  ///
  /// @param most in bytes; what is longer is cut
  String comment(int most) {
    int length = Math.min(commentEnd - commentStart, most);
    return new String(text, commentStart, length, StandardCharsets.UTF_8).strip();
  }

  private String cut(int start, int end) {
    return new String(text, start, Math.min(end - start, MAX_TOKEN_BYTES), StandardCharsets.UTF_8);
  }

  private boolean atEndOfLine() {
    return at == text.length || text[at] == '\n';
  }

  private void skipSpace() {
    while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) {
      at++;
    }
  }

  private void skipToEndOfLine() {
    while (!atEndOfLine()) {
      at++;
    }
  }

  private boolean startsWith(char one, char two) {
    return at + 1 < text.length && text[at] == one && text[at + 1] == two;
  }

  private void refuseBlockComment() throws SyntaxError {
    if (startsWith('/', '*')) {
      throw new SyntaxError(number, "comments begin with \"//\", not with \"/*\"");
    }
  }

  private void addToken() throws SyntaxError {
    int start = at;
    byte c = text[at];
    if (isPunctuation(c)) {
      at++;
    } else if (c == '"' || c == '`') {
      skipString(c);
    } else {
      skipWord();
    }
    if (tokens < MAX_TOKENS) {
      starts[tokens] = start;
      ends[tokens] = at;
    }
    tokens++;
    beforeLast = last;
    last = c;
  }

  private void skipString(byte quote) throws SyntaxError {
    int start = at++;
    while (!atEndOfLine() && text[at] != quote) {
      at++;
      if (text[at - 1] == '\\' && quote == '"' && !atEndOfLine()) {
        at++;
      }
    }
    if (atEndOfLine()) {
      throw new SyntaxError(
          number, "string " + Quoted.of(cut(start, at)) + " does not end on its line");
    }
    at++;
  }

  private void skipWord() throws SyntaxError {
    int start = at;
    while (at < text.length && !startsWith('/', '/')) {
      refuseBlockComment();
      byte c = text[at];
      if (c < 0 ? !skipCharacter() : c <= ' ' || c == 0x7f || isPunctuation(c)) {
        break;
      }
      at += c < 0 ? 0 : 1;
    }
    if (at == start) {
      throw new SyntaxError(
          number,
          "character " + Quoted.of(Character.toString(character(width(at)))) + " is not allowed");
    }
  }

  /// Steps over a character beyond ASCII where it may stand in a word.
  private boolean skipCharacter() {
    int width = width(at);
    int c = character(width);
    if (!prints(c)) {
      return false;
    }
    boolean broken = c == NOT_UTF8 && text[at] != (byte) 0xef;
    at += broken ? 1 : width; // Go steps over one broken byte
    return true;
  }

  private int character(int width) {
    return new String(text, at, width, StandardCharsets.UTF_8).codePointAt(0);
  }

  private int width(int i) {
    int first = text[i] & 0xff;
    int width = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf8 ? 4 : 1;
    return Math.min(width, text.length - i);
  }

  private static boolean isPunctuation(byte c) {
    return PUNCTUATION.indexOf(c) >= 0;
  }

  private static boolean prints(int c) {
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
      default -> true;
    };
  }
}
