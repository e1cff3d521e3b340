package dev.modgate.watcher.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long until the next poll.
///
/// @param longest after failures, unless the interval is longer anyway
record Waits(Duration longest, RandomGenerator chance) {
  private static final Duration FIRST_OF_HOST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLED = 20;

  /// @param failures of the repository, one after another; 0 after a success
  Duration ofRepository(Duration interval, int failures) {
    Duration most = longest.compareTo(interval) > 0 ? longest : interval;
    return jittered(doubled(interval, failures, most));
  }

  /// @param failures of the host, one after another, at least 1
  Duration ofHost(int failures) {
    return jittered(doubled(FIRST_OF_HOST, failures - 1, longest));
  }

  /// Before the first poll: a start does not ask all hosts at once.
  Duration ofNew(Duration interval) {
    Duration most = interval.compareTo(FIRST_OF_HOST) < 0 ? interval : FIRST_OF_HOST;
    return Duration.ofMillis((long) (most.toMillis() * chance.nextDouble()));
  }

  private static Duration doubled(Duration wait, int times, Duration most) {
    Duration longer = wait.multipliedBy(1L << Math.min(times, MOST_DOUBLED));
    return longer.compareTo(most) < 0 ? longer : most;
  }

  /// Between two polls that go well.
  static Duration longest(Duration interval) {
    return interval.multipliedBy(6).dividedBy(5);
  }

  private Duration jittered(Duration wait) {
    return wait.plusMillis((long) (wait.toMillis() * 0.2 * chance.nextDouble()));
  }
}
