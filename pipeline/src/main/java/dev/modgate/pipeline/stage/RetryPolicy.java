package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.util.Optional;

/// How often one item is tried in place, and how long to wait in between. A policy decides; it does
/// not sleep.
///
/// @param maxTries at least 1, the first one included
/// @param maxTime from the first try on; no further try begins later than this
/// @param firstBackOff before the second try; doubled before each later one
/// @param maxBackOff the longest wait between two tries
public record RetryPolicy(
    int maxTries, Duration maxTime, Duration firstBackOff, Duration maxBackOff) {
  public RetryPolicy {
    if (maxTries < 1 || maxTime.isNegative() || firstBackOff.isNegative()) {
      throw new IllegalArgumentException(
          maxTries + " tries within " + maxTime + " after " + firstBackOff + " make no policy");
    }
  }

  /// 3 tries within 60 s, after about 1 s and 2 s.
  public static RetryPolicy defaults() {
    return new RetryPolicy(
        3, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(20));
  }

  /// How long to wait before the next try; empty where there is none.
  ///
  /// @param triesDone at least 1
  /// @param elapsed since the first try began
  /// @param random from 0 to 1: full jitter over the upper half, so that many items that failed
  ///   together do not come back together
  Optional<Duration> backOff(int triesDone, Duration elapsed, double random) {
    if (triesDone >= maxTries) {
      return Optional.empty();
    }
    long doubled = firstBackOff.toMillis() << Math.min(triesDone - 1, 20);
    long ceiling = Math.min(doubled, maxBackOff.toMillis());
    var wait = Duration.ofMillis(Math.round(ceiling * (0.5 + random / 2)));
    return elapsed.plus(wait).compareTo(maxTime) > 0 ? Optional.empty() : Optional.of(wait);
  }
}
