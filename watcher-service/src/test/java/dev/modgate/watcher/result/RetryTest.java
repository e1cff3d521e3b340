package dev.modgate.watcher.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final List<Duration> WAITS = List.of(Duration.ofMinutes(1), Duration.ofHours(2));

  @Test
  void theLastWaitIsForEver() {
    var retry = new Retry(WAITS, Duration.ofDays(1), () -> 0L);

    assertThat(retry.after(0)).isEqualTo(Duration.ofMinutes(1));
    assertThat(retry.after(1)).isEqualTo(Duration.ofHours(2));
    assertThat(retry.after(2)).isEqualTo(Duration.ofHours(2));
    assertThat(retry.after(1_000)).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void chanceAddsAtMostAFifth() {
    var retry = new Retry(WAITS, Duration.ofDays(1), () -> -1L);

    assertThat(retry.after(0)).isBetween(Duration.ofSeconds(71), Duration.ofSeconds(72));
  }
}
