package dev.modgate.watcher.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.watcher.database.OnEachDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageStopsTest extends OnEachDatabase {
  private static final String FORKED =
      "checksum database sum.golang.org stopped everything: it forked; when a person has looked into"
          + " it: modgate security acknowledge sum.golang.org";

  @Test
  void allInstancesAndAllWatchersMakeOneHappeningADay() {
    Instant now = watcher.clock.instant();
    List<StageStatus> both = List.of(paused("a", FORKED, now), paused("b", FORKED, now));

    stops(both).look();
    stops(both).look();
    assertThat(watcher.count("happening")).isEqualTo(1);

    watcher.clock.advance(Duration.ofDays(1));
    stops(List.of(paused("a", FORKED, watcher.clock.instant()))).look();
    assertThat(watcher.count("happening")).isEqualTo(2);
  }

  @Test
  void anOrdinaryPauseAndOneThatIsLongPastAreNone() {
    Instant now = watcher.clock.instant();

    stops(
            List.of(
                paused("a", "the blob store is away", now),
                paused("b", FORKED, now.minusSeconds(120))))
        .look();

    assertThat(watcher.count("happening")).isZero();
  }

  private StageStops stops(List<StageStatus> statuses) {
    return new StageStops(() -> statuses, watcher.happenings, watcher.clock);
  }

  private static StageStatus paused(String instance, String reason, Instant at) {
    var pause = new StageStatus.Pause(reason, at, at.plusSeconds(10));
    return new StageStatus(
        StageName.VERIFY,
        "verify",
        instance,
        at,
        StageStatus.State.PAUSED,
        at,
        List.of(pause),
        1,
        0,
        0,
        0,
        0,
        0,
        null,
        List.of());
  }
}
