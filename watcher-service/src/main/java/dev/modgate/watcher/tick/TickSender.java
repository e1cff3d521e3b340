package dev.modgate.watcher.tick;

import java.time.Instant;

/// Tells a host what to show. For many threads.
public interface TickSender {
  /// Sent at least once: the same again does no harm.
  Outcome send(Tick tick) throws InterruptedException;

  /// What became of it. Sentences are for people.
  sealed interface Outcome {
    record Sent() implements Outcome {}

    /// It is not for us to send, and that is no error.
    record NotOurs(String sentence) implements Outcome {}

    /// Somebody has to change something first.
    record Refused(String sentence) implements Outcome {}

    record NotNow(String sentence, Instant notBefore) implements Outcome {}

    /// Others come first; nothing was tried.
    record NotAsked(String sentence, Instant notBefore) implements Outcome {}
  }
}
