package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.DependencyStatus.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreHealthTest {
  private @TempDir Path folder;
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  @Test
  void saysWhetherItCanBeWrittenAndHowMuchIsFree() {
    var health = new StoreHealth("blob store", folder, _ -> {}, clock);

    var first = health.beside(List::of).get();

    assertThat(first).extracting(DependencyStatus::name).containsExactly("blob store");
    awaitSentence(health, "\"" + folder + "\" can be written, ", " GB free");
    assertThat(health.status().health()).isNotEqualTo(Health.DOWN);
  }

  @Test
  void looksAtMostEveryHalfMinuteAndSeesARecovery() {
    var looks = new AtomicInteger();
    StoreHealth.Trial full =
        _ -> {
          if (looks.incrementAndGet() == 1) {
            throw new IOException("no space left on device");
          }
        };
    var health = new StoreHealth("zone store", folder, full, clock);

    awaitSentence(health, "can't be written: no space left on device");
    assertThat(health.status().health()).isEqualTo(Health.DOWN);
    now = now.plusSeconds(29);
    health.status();
    assertThat(looks).hasValue(1);
    now = now.plusSeconds(1);

    awaitSentence(health, "can be written, ");
    assertThat(health.status().since()).isEqualTo(now);
  }

  @Test
  void aStoreThatHangsHoldsNobodyAndIsDown() {
    var hangs = new CountDownLatch(1);
    StoreHealth.Trial trial =
        _ -> {
          try {
            hangs.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        };
    var health = new StoreHealth("zone store", folder, trial, clock);
    assertThat(health.status().sentence()).isEqualTo("was not looked at yet");

    now = now.plusSeconds(16);

    assertThat(health.status().health()).isEqualTo(Health.DOWN);
    assertThat(health.status().sentence()).contains("does not answer since 2026-01-01T00:00:00Z");
    hangs.countDown();
    awaitSentence(health, "can be written, ");
  }

  private static void awaitSentence(StoreHealth health, String... parts) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(health.status().sentence()).contains(parts));
  }
}
