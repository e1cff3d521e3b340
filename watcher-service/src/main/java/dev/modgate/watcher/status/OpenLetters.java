package dev.modgate.watcher.status;

/// Dead letters that wait for somebody.
public interface OpenLetters {
  long count();
}
