package dev.modgate.fetcher.upstream;

import java.time.Duration;

/// How quick one try was.
///
/// @param answered whether a head came
/// @param waited for the head, or in vain
/// @param bytes of the body
/// @param reading the time spent waiting for the body
record Pace(boolean answered, Duration waited, long bytes, Duration reading) {
  static final Pace NONE = new Pace(false, Duration.ZERO, 0, Duration.ZERO);

  /// More of the body came.
  Pace and(int more, Duration time) {
    return new Pace(answered, waited, bytes + more, reading.plus(time));
  }
}
