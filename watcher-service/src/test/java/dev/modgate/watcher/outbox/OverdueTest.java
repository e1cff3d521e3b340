package dev.modgate.watcher.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OverdueTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Overdue overdue = new Overdue(Duration.ofHours(6));

  @Test
  void withoutAPauseWhatWasSentLongAgoIsOverdue() {
    assertThat(overdue.before(NOON, false)).contains(hour(6));
  }

  @Test
  void duringAPauseNothingIs() {
    assertThat(overdue.before(NOON, true)).isEmpty();
  }

  @Test
  void afterAPauseAllWaitAnewFromItsEnd() {
    overdue.before(hour(3), true);
    overdue.before(hour(4), true);

    assertThat(overdue.before(hour(5), false)).isEmpty();
    assertThat(overdue.before(hour(10), false)).isEmpty();
    assertThat(overdue.before(hour(10).plusSeconds(1), false)).contains(hour(4).plusSeconds(1));
  }

  @Test
  void theLastPauseCounts() {
    overdue.before(hour(1), true);
    overdue.before(hour(2), false);
    overdue.before(hour(8), true);

    assertThat(overdue.before(hour(9), false)).isEmpty();
    assertThat(overdue.before(hour(15), false)).contains(hour(9));
  }

  private static Instant hour(int hour) {
    return NOON.plus(Duration.ofHours(hour - 12));
  }
}
