package dev.modgate.watcher.result;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// When a deferred module version is asked for again: after each of the waits in turn, the last one
/// for ever, and each up to a fifth later, so that what was deferred together does not come back
/// together.
public final class Retry {
  private final List<Duration> waits;
  private final RandomGenerator random;

  /// @param waits at least one
  public Retry(List<Duration> waits, RandomGenerator random) {
    this.waits = List.copyOf(waits);
    this.random = random;
  }

  /// @param deferrals before this one
  Duration after(int deferrals) {
    Duration wait = waits.get(Math.min(deferrals, waits.size() - 1));
    return wait.plusMillis((long) (random.nextDouble() * wait.toMillis() / 5));
  }
}
