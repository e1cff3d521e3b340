package dev.modgate.watcher.host;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits that double from the first to the longest; each is up to a half shorter by chance, so that
/// what failed together does not come back together.
///
/// @param random for one thread at a time, or safe for many
public record BackOff(Duration first, Duration longest, RandomGenerator random) {

  /// @param failures in a row, at least 1
  public Duration after(int failures) {
    double doubled = (double) first.toMillis() * Math.pow(2, Math.min(failures - 1, 40));
    double whole = Math.min(doubled, (double) longest.toMillis());
    return Duration.ofMillis((long) (whole * (1 - random.nextDouble() / 2)));
  }
}
