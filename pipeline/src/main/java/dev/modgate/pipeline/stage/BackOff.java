package dev.modgate.pipeline.stage;

import java.time.Duration;

/// How long to wait before what broke begins anew, for whatever reason it broke. It may break again
/// at once, and must neither keep a processor busy nor fill the log.
final class BackOff {
  private static final long FIRST_MILLIS = 500;

  /// Within the time after which an instance that says nothing counts as gone.
  private static final long LONGEST_MILLIS = 30_000;

  /// Whoever ran for so long begins with the shortest wait again.
  private static final Duration WELL = Duration.ofMinutes(1);

  private int breaks;

  /// @param ran from the last beginning until it broke
  Duration next(Duration ran) {
    breaks = ran.compareTo(WELL) >= 0 ? 1 : breaks + 1;
    return after(breaks);
  }

  /// @param breaks in a row, at least 1: 500 ms, doubled each time up to 30 s
  static Duration after(int breaks) {
    return Duration.ofMillis(Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(breaks - 1, 10)));
  }
}
