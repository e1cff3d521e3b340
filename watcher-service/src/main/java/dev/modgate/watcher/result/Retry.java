package dev.modgate.watcher.result;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// When a deferred module version is asked for again: 1 min, 5 min, 30 min, 2 h, 12 h, then daily,
/// each up to a fifth later, so that what was deferred together does not come back together.
public final class Retry {
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(12),
          Duration.ofDays(1));

  private final RandomGenerator random;

  public Retry(RandomGenerator random) {
    this.random = random;
  }

  /// @param deferrals before this one
  Duration after(int deferrals) {
    Duration wait = WAITS.get(Math.min(deferrals, WAITS.size() - 1));
    return wait.plusMillis((long) (random.nextDouble() * wait.toMillis() / 5));
  }
}
