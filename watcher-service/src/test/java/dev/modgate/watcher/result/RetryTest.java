package dev.modgate.watcher.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {
  @Test
  void eachDeferralWaitsLongerUpToADay() {
    var retry = new Retry(() -> 0L);

    assertThat(retry.after(0)).isEqualTo(Duration.ofMinutes(1));
    assertThat(retry.after(1)).isEqualTo(Duration.ofMinutes(5));
    assertThat(retry.after(5)).isEqualTo(Duration.ofDays(1));
    assertThat(retry.after(1_000)).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void chanceAddsAtMostAFifth() {
    var retry = new Retry(() -> -1L);

    assertThat(retry.after(0)).isBetween(Duration.ofSeconds(71), Duration.ofSeconds(72));
  }
}
