package dev.modgate.watcher.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides which requests have waited too long for their answer. While a stage pauses none has, and
/// after the last pause that was seen all of them begin to wait anew: what was asked before may
/// still be in the topics. For one thread.
final class Overdue {
  private final Duration after;
  private @Nullable Instant pausedUntil;

  /// @param after so long without an answer is too long
  Overdue(Duration after) {
    this.after = after;
  }

  /// @param paused whether a stage pauses now
  /// @return what was sent before this; empty where nothing is overdue
  Optional<Instant> before(Instant now, boolean paused) {
    if (paused) {
      pausedUntil = now;
    }
    Instant before = now.minus(after);
    boolean soon = pausedUntil != null && !pausedUntil.isBefore(before);
    return soon ? Optional.empty() : Optional.of(before);
  }
}
