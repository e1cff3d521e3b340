package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What the stage's waits are measured by: it begins with the wall clock and never jumps, while the
/// wall clock may be set by hours. What people read is translated to the wall clock.
final class SteadyClock {
  private static final SteadyClock SYSTEM =
      new SteadyClock(InstantSource.system(), System::nanoTime);

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private final Instant began;
  private final long beganNanos;

  /// @param nanoTime as [System#nanoTime]
  SteadyClock(InstantSource wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
    this.began = wall.instant();
    this.beganNanos = nanoTime.getAsLong();
  }

  static Instant now() {
    return SYSTEM.instant();
  }

  /// A time of [#now] as the wall clock has it.
  static Instant shown(Instant steady) {
    return SYSTEM.onTheWall(steady);
  }

  Instant instant() {
    return began.plusNanos(nanoTime.getAsLong() - beganNanos);
  }

  Instant onTheWall(Instant steady) {
    return wall.instant().plus(Duration.between(instant(), steady));
  }
}
