package dev.modgate.fetcher.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.source.Miss;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AbsencesTest {
  private static final Miss ABSENT = new Miss(Miss.Kind.ABSENT, "it answered 404");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final Absences absences = new Absences(Duration.ofMinutes(1), clock);

  @Test
  void endAfterTheirTime() {
    absences.add("a", ABSENT);
    now.updateAndGet(t -> t.plusSeconds(59));
    assertThat(absences.of("a")).contains(new Miss(Miss.Kind.ABSENT, "it answered 404, 59 s ago"));

    now.updateAndGet(t -> t.plusSeconds(1));
    assertThat(absences.of("a")).isEmpty();
    assertThat(absences.size()).isZero();
  }

  @Test
  void endWhereTheClockIsPutBack() {
    absences.add("a", ABSENT);
    now.updateAndGet(t -> t.minusSeconds(1));

    assertThat(absences.of("a")).isEmpty();
  }

  @Test
  void areNoOtherAnswers() {
    for (Miss.Kind kind : Miss.Kind.values()) {
      absences.add(kind.name(), new Miss(kind, "no"));
    }

    assertThat(absences.size()).isEqualTo(1);
  }

  @Test
  void areAtMostSoMany() {
    for (int i = 0; i < 20_000; i++) {
      absences.add("path" + i, ABSENT);
    }

    assertThat(absences.size()).isEqualTo(10_000);
    assertThat(absences.of("path19999")).isPresent();
  }
}
