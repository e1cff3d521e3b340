package dev.modgate.gomod.modfile;

/// One thing that is wrong with one line.
final class SyntaxError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  SyntaxError(int line, String sentence) {
    super(sentence, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }
}
