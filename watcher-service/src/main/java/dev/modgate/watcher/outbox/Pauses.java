package dev.modgate.watcher.outbox;

/// What the stages say of themselves.
@FunctionalInterface
public interface Pauses {
  /// Whether any stage pauses now; also where that is not known yet.
  boolean any();
}
