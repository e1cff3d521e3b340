package dev.modgate.fetcher.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.fetcher.source.Patience;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final Patience patience = new Patience(Patience.IN_PLACE);

  @Test
  void moreThanTheRateOfASecondWaits() throws Exception {
    var load = load(100, 2);
    long start = System.nanoTime();

    for (int i = 0; i < 5; i++) {
      assertThat(load.pace(patience)).isEmpty();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void whatCantWaitSoLongIsNotAsked() throws Exception {
    var load = load(100, 1);
    var hurried = new Patience(Duration.ZERO); // a second is left to whoever is reached
    boolean refused = false;
    for (int i = 0; i < 10 && !refused; i++) {
      refused =
          load.pace(hurried)
              .filter(
                  "https://a.example is asked 1 times a second already, as the limit is"::equals)
              .isPresent();
      for (int j = 0; j < 5; j++) {
        Thread.ofVirtual().start(() -> paced(load));
      }
    }

    assertThat(refused).isTrue();
  }

  @Test
  void whoFindsItFullWaitsForATurnAndTheWaitIsExempt() throws Exception {
    var load = load(1, 0);
    var clock = new AtomicLong();
    var waiting = new Patience(Patience.IN_PLACE, clock::get);
    assertThat(load.enter(patience, Duration.ZERO)).isTrue();
    var second = new CompletableFuture<Boolean>();
    Thread thread = Thread.ofVirtual().start(() -> second.complete(entered(load, waiting)));
    awaitWaiting(thread);

    clock.set(Duration.ofMinutes(5).toNanos());
    load.release();

    assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(waiting.left()).isEqualTo(Patience.IN_PLACE);
    assertThat(waiting.leftForSlots()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void nobodyWaitsForEver() throws Exception {
    var load = load(1, 0);
    var clock = new AtomicLong();
    var waiting = new Patience(Patience.IN_PLACE, clock::get);
    assertThat(load.enter(waiting, Duration.ZERO)).isTrue();
    waiting.waitsForSlot();
    clock.set(Duration.ofMinutes(11).toNanos());
    waiting.waitedForSlot();

    assertThat(load.enter(waiting, Duration.ofDays(1))).isFalse();
  }

  @Test
  void whoWaitsComesBeforeWhoDoesNot() throws Exception {
    var load = load(1, 0);
    assertThat(load.enter(patience, Duration.ZERO)).isTrue();
    assertThat(load.enter(patience, Duration.ZERO)).isFalse();
    var second = new CompletableFuture<Boolean>();
    Thread thread = Thread.ofVirtual().start(() -> second.complete(entered(load, patience)));
    awaitWaiting(thread);

    load.release();

    assertThat(load.enter(patience, Duration.ZERO)).isFalse();
    assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
    load.release();
    assertThat(load.enter(patience, Duration.ZERO)).isTrue();
  }

  @Test
  void aWaitEndsWithAnInterrupt() throws Exception {
    var load = load(1, 0);
    assertThat(load.enter(patience, Duration.ZERO)).isTrue();
    var second = new CompletableFuture<Boolean>();
    Thread thread = Thread.ofVirtual().start(() -> second.complete(entered(load, patience)));

    thread.interrupt();

    assertThat(second.get(60, TimeUnit.SECONDS)).isFalse();
    load.release();
    assertThat(load.enter(patience, Duration.ZERO)).isTrue();
  }

  private static Load load(int requests, int perSecond) {
    return new Load("https://a.example", new ResiliencePolicy.Load(requests, perSecond));
  }

  private static void awaitWaiting(Thread thread) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private static boolean entered(Load load, Patience patience) {
    try {
      return load.enter(patience, Duration.ofDays(1));
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean paced(Load load) {
    try {
      return load.pace(patience).isEmpty();
    } catch (InterruptedException e) {
      return false;
    }
  }
}
