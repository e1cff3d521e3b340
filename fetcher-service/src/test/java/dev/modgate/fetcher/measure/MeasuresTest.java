package dev.modgate.fetcher.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private final AtomicLong now = new AtomicLong();
  private final Measures measures = new Measures(now::get);

  @Test
  void nothingIsKnownAtFirst() {
    Measures.Snapshot nothing = measures.snapshot();

    assertThat(nothing.availability()).isEmpty();
    assertThat(nothing.median()).isEmpty();
    assertThat(nothing.p95()).isEmpty();
    assertThat(nothing.bytesPerSecond()).isEmpty();
    assertThat(measures.cost()).isZero();
  }

  @Test
  void quantilesAreAsNearAsTheBucketsAre() {
    for (int i = 1; i <= 100; i++) {
      measures.answered(Duration.ofMillis(10L * i));
    }

    assertThat(measures.snapshot().median().orElseThrow().toMillis()).isBetween(400L, 600L);
    assertThat(measures.snapshot().p95().orElseThrow().toMillis()).isBetween(800L, 1100L);
  }

  @Test
  void quantilesForgetWhatIsTenMinutesAgo() {
    measures.answered(Duration.ofSeconds(10));
    now.addAndGet(Duration.ofMinutes(5).toNanos());
    measures.answered(Duration.ofMillis(10));
    assertThat(measures.snapshot().p95().orElseThrow()).isGreaterThan(Duration.ofSeconds(5));

    now.addAndGet(Duration.ofMinutes(6).toNanos());
    assertThat(measures.snapshot().p95().orElseThrow()).isLessThan(Duration.ofMillis(20));

    now.addAndGet(Duration.ofMinutes(60).toNanos());
    assertThat(measures.snapshot().p95()).isEmpty();
  }

  @Test
  void anyDurationHasABucket() {
    measures.answered(Duration.ZERO);
    measures.answered(Duration.ofDays(1));

    assertThat(measures.snapshot().p95()).isPresent();
  }

  @Test
  void theNewestCountMost() {
    for (int i = 0; i < 20; i++) {
      measures.failed();
    }
    double failing = measures.cost();
    measures.answered(Duration.ofMillis(1));

    assertThat(measures.snapshot().availability().getAsDouble())
        .isCloseTo(MovingAverage.WEIGHT, within(0.02));
    assertThat(measures.cost()).isLessThan(failing);
  }

  @Test
  void whatIsQuickAndAnswersIsCheap() {
    var slow = new Measures(now::get);
    var narrow = new Measures(now::get);
    var flaky = new Measures(now::get);
    for (Measures each : new Measures[] {measures, slow, narrow, flaky}) {
      each.answered(Duration.ofMillis(each == slow ? 400 : 40));
      each.received(1 << 20, Duration.ofMillis(each == narrow ? 2000 : 100));
    }
    flaky.failed();

    assertThat(measures.cost()).isLessThan(slow.cost());
    assertThat(measures.cost()).isLessThan(narrow.cost());
    assertThat(measures.cost()).isLessThan(flaky.cost());
  }

  @Test
  void aSmallBodySaysNothingOfThroughput() {
    measures.received(100, Duration.ofSeconds(1));

    assertThat(measures.snapshot().bytesPerSecond()).isEmpty();
  }
}
