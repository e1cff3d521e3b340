package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// Pauses a stage that makes dead letters in a burst: then the code or the writer is wrong, not the
/// items. For one thread.
public final class DeadLetterBreaker {

  /// When a burst is one.
  ///
  /// @param count of dead letters that opens the breaker; 0 never opens it
  /// @param window within which they come
  /// @param pause how long the stage then pauses
  public record Policy(int count, Duration window, Duration pause) {
    public Policy {
      if (count < 0 || window.isNegative() || pause.isNegative()) {
        throw new IllegalArgumentException(
            count + " dead letters within " + window + " make no breaker that pauses " + pause);
      }
    }

    /// 20 within a minute pause the stage for a minute.
    public static Policy defaults() {
      return new Policy(20, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }
  }

  private final Policy policy;
  private final Deque<Instant> recent = new ArrayDeque<>();

  DeadLetterBreaker(Policy policy) {
    this.policy = policy;
  }

  /// Counts one dead letter.
  ///
  /// @return whether this one opens the breaker; the count begins anew then
  boolean record(Instant now) {
    if (policy.count() == 0) {
      return false;
    }
    recent.addLast(now);
    while (recent.getFirst().isBefore(now.minus(policy.window()))) {
      recent.removeFirst();
    }
    if (recent.size() < policy.count()) {
      return false;
    }
    recent.clear();
    return true;
  }

  Duration pause() {
    return policy.pause();
  }
}
