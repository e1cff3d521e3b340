package dev.modgate.watcher.hook.payload;

/// A payload that is no JSON, or not what its host sends. Its message is for the sender, and holds
/// nothing of the payload but names.
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException(String sentence) {
    super(sentence);
  }
}
