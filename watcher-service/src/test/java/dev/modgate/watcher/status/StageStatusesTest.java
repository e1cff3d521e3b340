package dev.modgate.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.StageStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageStatusesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void oneInstanceThatPausesIsAPause() {
    assertThat(StageStatuses.anyPauses(List.of(running(), paused(NOW.minusSeconds(59))), NOW))
        .isTrue();
    assertThat(StageStatuses.anyPauses(List.of(running()), NOW)).isFalse();
  }

  @Test
  void anInstanceThatIsGonePausesNoLonger() {
    assertThat(StageStatuses.anyPauses(List.of(paused(NOW.minusSeconds(60))), NOW)).isFalse();
  }

  @Test
  void aStageMayPauseAsLongAsNoneWasHeard() {
    try (var unread = new StageStatuses(KafkaSettings.of("127.0.0.1:9"))) {
      assertThat(unread.mayPause(NOW)).isTrue();
    }
  }

  private static StageStatus running() {
    return status(NOW, StageStatus.State.RUNNING, List.of());
  }

  private static StageStatus paused(Instant at) {
    return status(
        at,
        StageStatus.State.PAUSED,
        List.of(new StageStatus.Pause("the upstream is down", at, null)));
  }

  private static StageStatus status(
      Instant at, StageStatus.State state, List<StageStatus.Pause> pauses) {
    return new StageStatus(
        StageName.FETCH, "fetcher", "i", at, state, at, pauses, 1, 0, 0, 0, 0, 0, null, List.of());
  }
}
