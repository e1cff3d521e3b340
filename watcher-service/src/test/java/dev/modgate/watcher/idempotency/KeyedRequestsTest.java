package dev.modgate.watcher.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.idempotency.KeyedRequests.Answer;
import dev.modgate.watcher.idempotency.KeyedRequests.Begin;
import dev.modgate.watcher.idempotency.KeyedRequests.Keyed;
import dev.modgate.watcher.retention.Purges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyedRequestsTest extends OnEachDatabase {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Keyed REQUEST = new Keyed("key", "POST", "/api/v1/syncs", "abc");
  private static final Answer ANSWER =
      new Answer(201, "application/json", "/api/v1/syncs/1", "{\"id\":\"支付\"}");

  private KeyedRequests requests;

  @BeforeEach
  void prepare() {
    requests = new KeyedRequests(watcher.jdbc, DAY, watcher.clock);
  }

  private String begin(Keyed request) {
    return ((Begin.Yours) requests.begin(request)).lease();
  }

  @Test
  void theAnswerIsGivenAgain() {
    requests.answered(REQUEST, begin(REQUEST), ANSWER);

    assertThat(requests.begin(REQUEST)).isEqualTo(new Begin.Answered(ANSWER));
  }

  @Test
  void whoComesMeanwhileHearsThatItRuns() {
    begin(REQUEST);

    assertThat(requests.begin(REQUEST)).isEqualTo(new Begin.Running());
  }

  @Test
  void aKeyNamesOneRequest() {
    requests.answered(REQUEST, begin(REQUEST), ANSWER);

    for (Keyed other :
        List.of(
            new Keyed("key", "POST", "/api/v1/syncs", "other"),
            new Keyed("key", "POST", "/api/v1/plans", "abc"),
            new Keyed("key", "PUT", "/api/v1/syncs", "abc"))) {
      assertThat(requests.begin(other)).isEqualTo(new Begin.Other());
    }
  }

  @Test
  void whatWasGivenUpIsDoneAnew() {
    requests.givenUp(REQUEST, begin(REQUEST));

    assertThat(requests.begin(REQUEST)).isInstanceOf(Begin.Yours.class);
  }

  @Test
  void theKeyOfAKilledProcessIsFreeAfterItsLease() {
    String lost = begin(REQUEST);
    watcher.clock.advance(KeyedRequests.LEASE.plusSeconds(1));
    String lease = begin(REQUEST);

    requests.answered(REQUEST, lost, new Answer(500, null, null, "late"));
    requests.givenUp(REQUEST, lost);
    requests.answered(REQUEST, lease, ANSWER);

    assertThat(requests.begin(REQUEST)).isEqualTo(new Begin.Answered(ANSWER));
  }

  @Test
  void anAnswerIsKeptForItsTimeAndPurgedThen() {
    requests.answered(REQUEST, begin(REQUEST), ANSWER);
    watcher.clock.advance(DAY);
    assertThat(requests.begin(REQUEST)).isInstanceOf(Begin.Answered.class);
    watcher.clock.advance(Duration.ofSeconds(1));
    var rule = IdempotencyConfiguration.idempotencyKeyRetention(watcher.jdbc, Purges.DEFAULTS);

    assertThat(Purges.purge(watcher, rule)).isEqualTo(1);
    assertThat(requests.begin(REQUEST)).isInstanceOf(Begin.Yours.class);
  }

  @Test
  void ofManyAtTwoWatchersOneDoesTheWork() throws Exception {
    var others = new KeyedRequests(watcher.another().jdbc, DAY, watcher.clock);
    var go = new CountDownLatch(1);
    var begun = new ArrayList<Future<Begin>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 6; i++) {
        KeyedRequests its = i % 2 == 0 ? requests : others;
        Callable<Begin> work =
            () -> {
              go.await();
              return its.begin(REQUEST);
            };
        begun.add(threads.submit(work));
      }
      go.countDown();
    }

    int yours = 0;
    for (Future<Begin> one : begun) {
      yours += one.get() instanceof Begin.Yours ? 1 : 0;
    }
    assertThat(yours).isEqualTo(1);
  }
}
