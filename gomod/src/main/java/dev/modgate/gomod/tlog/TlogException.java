package dev.modgate.gomod.tlog;

/// What somebody serves is not the tree that was signed. The message says why, for people.
public final class TlogException extends Exception {
  private static final long serialVersionUID = 1L;

  TlogException(String sentence) {
    super(sentence);
  }

  /// Never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
