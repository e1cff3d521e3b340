package dev.modgate.watcher.walk;

/// A module graph that can't be walked, because of what its own files say.
public final class BadClosureException extends Exception {
  private static final long serialVersionUID = 1L;

  BadClosureException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
