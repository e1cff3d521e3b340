package dev.modgate.watcher.result;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// When a deferred module version is asked for again: after each of the waits in turn, the last one
/// until it is given up, and each up to a fifth later, so that what was deferred together does not
/// come back together.
public final class Retry {
  private final List<Duration> waits;
  private final Duration giveUpAfter;
  private final RandomGenerator random;

  /// @param waits at least one
  /// @param giveUpAfter from the first deferral on
  public Retry(List<Duration> waits, Duration giveUpAfter, RandomGenerator random) {
    this.waits = List.copyOf(waits);
    this.giveUpAfter = giveUpAfter;
    this.random = random;
  }

  /// Whether no more is asked.
  ///
  /// @param putOffFor since the first deferral
  boolean givesUp(Duration putOffFor) {
    return putOffFor.compareTo(giveUpAfter) >= 0;
  }

  /// @param deferrals before this one
  Duration after(int deferrals) {
    Duration wait = waits.get(Math.min(deferrals, waits.size() - 1));
    return wait.plusMillis((long) (random.nextDouble() * wait.toMillis() / 5));
  }
}
