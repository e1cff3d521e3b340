package dev.modgate.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final Patience patience = new Patience(Patience.IN_PLACE);

  @Test
  void moreThanTheRateOfASecondWaits() throws Exception {
    var load = new Load("https://a.example", new ResiliencePolicy.Load(100, 2));
    long start = System.nanoTime();

    for (int i = 0; i < 5; i++) {
      assertThat(load.acquire(patience)).isEmpty();
      load.release();
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void whatCantWaitSoLongIsNotAsked() throws Exception {
    var load = new Load("https://a.example", new ResiliencePolicy.Load(100, 1));
    var hurried = new Patience(Duration.ZERO); // a second is left to whoever is reached
    boolean refused = false;
    for (int i = 0; i < 10 && !refused; i++) {
      refused =
          load.acquire(hurried)
              .filter(
                  "https://a.example is asked 1 times a second already, as the limit is"::equals)
              .isPresent();
      for (int j = 0; j < 5; j++) {
        Thread.ofVirtual().start(() -> acquireAndForget(load));
      }
    }

    assertThat(refused).isTrue();
  }

  @Test
  void whoFindsItFullWaitsForATurn() throws Exception {
    var load = new Load("https://a.example", new ResiliencePolicy.Load(1, 0));
    assertThat(load.acquire(patience)).isEmpty();
    var second = new CompletableFuture<Boolean>();
    Thread.ofVirtual().start(() -> second.complete(acquireAndForget(load)));

    assertThat(second).isNotDone();
    load.release();

    assertThat(second.get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aWaitEndsWithAnInterrupt() throws Exception {
    var load = new Load("https://a.example", new ResiliencePolicy.Load(1, 0));
    assertThat(load.acquire(patience)).isEmpty();
    var second = new CompletableFuture<Boolean>();
    Thread thread = Thread.ofVirtual().start(() -> second.complete(acquireAndForget(load)));

    thread.interrupt();

    assertThat(second.get(60, TimeUnit.SECONDS)).isFalse();
    load.release();
    assertThat(load.acquire(patience)).isEmpty();
  }

  private boolean acquireAndForget(Load load) {
    try {
      return load.acquire(patience).isEmpty();
    } catch (InterruptedException e) {
      return false;
    }
  }
}
