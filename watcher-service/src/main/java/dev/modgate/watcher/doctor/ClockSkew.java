package dev.modgate.watcher.doctor;

import java.time.Duration;
import java.util.Optional;

/// How far another clock is from the watcher's.
final class ClockSkew {
  private static final Duration MUCH = Duration.ofSeconds(10);

  static final String REMEDY = "let NTP set the clocks of both machines";

  private ClockSkew() {}

  /// @param ahead of the watcher's clock; negative where it is behind
  /// @return a sentence where that is too much
  static Optional<String> of(String whose, Duration ahead) {
    if (ahead.abs().compareTo(MUCH) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        whose
            + " clock is "
            + ahead.abs().toSeconds()
            + " s "
            + (ahead.isNegative() ? "behind" : "ahead of")
            + " the watcher's");
  }
}
