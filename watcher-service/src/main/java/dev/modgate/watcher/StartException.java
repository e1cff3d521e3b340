package dev.modgate.watcher;

/// Settings that the watcher can't start with; one sentence for a person.
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String sentence) {
    super(sentence);
  }
}
