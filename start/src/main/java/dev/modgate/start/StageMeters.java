package dev.modgate.start;

import dev.modgate.pipeline.stage.Stage;
import dev.modgate.pipeline.stage.StageStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How long stages pause, for alarms; their status says why.
final class StageMeters {
  private StageMeters() {}

  static void register(List<? extends Stage<?>> stages, MeterRegistry registry) {
    for (Stage<?> stage : stages) {
      String group = stage.status().group();
      Gauge.builder("modgate.stage.pause", stage, StageMeters::seconds)
          .tag("group", group)
          .baseUnit("seconds")
          .description("for how long it pauses, or fails; 0 while it works")
          .register(registry);
      Gauge.builder("modgate.stage.pause.next.try", stage, StageMeters::untilNextTry)
          .tag("group", group)
          .baseUnit("seconds")
          .description("until it tries again by itself; 0 while it works, -1 where it does not")
          .register(registry);
    }
  }

  private static double seconds(Stage<?> stage) {
    return stage.status().pauses().stream()
        .mapToLong(pause -> Math.max(1, seconds(pause.since(), Instant.now())))
        .max()
        .orElse(0);
  }

  private static double untilNextTry(Stage<?> stage) {
    List<StageStatus.Pause> pauses = stage.status().pauses();
    return pauses.stream().anyMatch(pause -> pause.nextTry() == null)
        ? -1
        : pauses.stream().mapToLong(StageMeters::untilNextTry).max().orElse(0);
  }

  private static long untilNextTry(StageStatus.Pause pause) {
    Instant next = pause.nextTry();
    return next == null ? -1 : Math.max(0, seconds(Instant.now(), next));
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }
}
