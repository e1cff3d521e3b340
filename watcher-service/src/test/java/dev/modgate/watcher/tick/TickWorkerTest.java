package dev.modgate.watcher.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.host.CommitStatus;
import dev.modgate.watcher.tick.TickSender.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TickWorkerTest extends OnEachDatabase {
  private final List<Tick> sent = new CopyOnWriteArrayList<>();

  @Test
  void whatWasSentIsNotSentAgain() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));

    work(this::send);
    work(this::send);

    assertThat(sent).containsExactly(tick(1, CommitStatus.State.PENDING));
    assertThat(view().delivery()).isEqualTo("sent");
    assertThat(view().sentState()).isEqualTo("pending");
  }

  @Test
  void whatCanNotBeSentNowIsTriedLaterAndLater() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));

    work(_ -> new Outcome.NotNow("git.example.com answered 500", watcher.clock.instant()));
    assertThat(view().delivery()).isEqualTo("failing");
    assertThat(view().sentence()).isEqualTo("git.example.com answered 500");
    assertThat(view().nextTry()).isEqualTo(watcher.clock.instant().plusSeconds(10));
    work(this::send);
    assertThat(sent).isEmpty();
    watcher.clock.advance(Duration.ofSeconds(10));
    work(_ -> new Outcome.NotNow("again", watcher.clock.instant()));
    assertThat(view().nextTry()).isEqualTo(watcher.clock.instant().plusSeconds(20));
    watcher.clock.advance(Duration.ofSeconds(20));
    work(this::send);
    assertThat(view().delivery()).isEqualTo("sent");
    assertThat(view().sentence()).isNull();
    assertThat(view().attempts()).isZero();
  }

  @Test
  void theHostsOwnWishIsObeyed() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));

    work(_ -> new Outcome.NotNow("429", watcher.clock.instant().plusSeconds(3_000)));

    assertThat(view().nextTry()).isEqualTo(watcher.clock.instant().plusSeconds(3_000));
  }

  @Test
  void whatWasNotTriedIsNoFailure() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));

    work(_ -> new Outcome.NotAsked("others first", watcher.clock.instant().plusSeconds(1)));

    assertThat(view().attempts()).isZero();
    assertThat(view().delivery()).isEqualTo("waiting");
  }

  @Test
  void aRefusalIsTriedSeldomAndGivenUpAfterSomeDays() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));

    work(_ -> new Outcome.Refused("401"));
    assertThat(view().nextTry()).isEqualTo(watcher.clock.instant().plus(Duration.ofHours(1)));
    int tries = 1;
    while (view().nextTry() != null) {
      watcher.clock.advance(Duration.ofHours(12));
      work(_ -> new Outcome.Refused("401"));
      tries++;
    }

    assertThat(tries).isBetween(10, 20);
    assertThat(view().delivery()).isEqualTo("not-sent");
    assertThat(view().sentence()).startsWith("given up after 7 days").endsWith("401");
    ticks().want(tick(1, CommitStatus.State.SUCCESS));
    work(this::send);
    assertThat(view().sentState()).isEqualTo("success");
  }

  @Test
  void whatIsNotOursIsShownAndNoError() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));

    work(_ -> new Outcome.NotOurs("no token"));

    assertThat(view().delivery()).isEqualTo("not-sent");
    assertThat(view().sentence()).isEqualTo("no token");
    assertThat(view().attempts()).isZero();
  }

  @Test
  void whatChangesWhileItIsSentIsSentAfterwards() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));

    work(tick -> {
      ticks().want(tick(1, CommitStatus.State.SUCCESS));
      return send(tick);
    });
    assertThat(view().delivery()).isEqualTo("waiting");
    assertThat(view().sentState()).isEqualTo("pending");
    work(this::send);

    assertThat(sent)
        .containsExactly(tick(1, CommitStatus.State.PENDING), tick(1, CommitStatus.State.SUCCESS));
    assertThat(view().sentState()).isEqualTo("success");
  }

  @Test
  void whoIsKilledWhileItSendsHasItSentAgainByAnother() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));
    assertThat(new TickQueue(watcher.jdbc, watcher.clock).lease(10)).hasSize(1); // and no more

    work(this::send);
    assertThat(sent).isEmpty();
    watcher.clock.advance(Duration.ofMinutes(2));
    work(this::send);

    assertThat(sent).hasSize(1);
  }

  @Test
  void aLeaseThatRanOutEndsNothingOfAnother() {
    ticks().want(tick(1, CommitStatus.State.PENDING));
    var queue = new TickQueue(watcher.jdbc, watcher.clock);
    var first = queue.lease(10).getFirst();
    watcher.clock.advance(Duration.ofMinutes(2));
    var second = queue.lease(10).getFirst();

    queue.ended(first, new TickWaits.Next.Stop("late"));
    assertThat(view().delivery()).isEqualTo("waiting");
    queue.ended(second, new TickWaits.Next.Sent());
    assertThat(view().delivery()).isEqualTo("sent");
  }

  @Test
  void aBugInSendingLosesNothing() throws Exception {
    ticks().want(tick(1, CommitStatus.State.PENDING));

    work(_ -> {
      throw new IllegalStateException("a bug");
    });
    watcher.clock.advance(Duration.ofMinutes(2));
    work(this::send);

    assertThat(sent).hasSize(1);
  }

  @Test
  void twoWatchersSendEachOnce() throws Exception {
    IntStream.range(0, 50).forEach(i -> ticks().want(tick(i, CommitStatus.State.PENDING)));

    try (var one = worker(this::send);
        var two = worker(this::send)) {
      while (one.sendSome() + two.sendSome() > 0) {
        // more may wait
      }
      one.awaitSent();
      two.awaitSent();
    }

    assertThat(sent).doesNotHaveDuplicates().hasSize(50);
  }

  private Outcome send(Tick tick) {
    sent.add(tick);
    return new Outcome.Sent();
  }

  private TickWorker worker(TickSender sender) {
    return new TickWorker(watcher.jdbc, () -> {}, sender, () -> 0L, watcher.clock);
  }

  private void work(TickSender sender) throws InterruptedException {
    try (var worker = worker(sender)) {
      var _ = worker.sendSome();
      worker.awaitSent();
    }
  }

  private Ticks ticks() {
    return new Ticks(watcher.jdbc, watcher.clock);
  }

  private TickView view() {
    return ticks().newest("pay", Long.MAX_VALUE, 1).getFirst();
  }

  private static Tick tick(int commit, CommitStatus.State state) {
    var status = new CommitStatus(state, "text", URI.create("https://modgate.example.com/1"));
    return new Tick("pay", "pay/api", "%040x".formatted(commit), status);
  }

  @Test
  void whatABusyHostDidNotTakeComesBackSpreadOut() {
    Instant now = watcher.clock.instant();
    var outcome = new Outcome.NotAsked("busy", now.plusSeconds(1));

    assertThat(new TickWaits(() -> 0L).after(outcome, 0, now, now))
        .isEqualTo(new TickWaits.Next.Again(now.plusSeconds(1), 0, "busy"));
    assertThat(new TickWaits(() -> -1L).after(outcome, 0, now, now))
        .isEqualTo(new TickWaits.Next.Again(now.plusMillis(30_999), 0, "busy"));
  }

  @Test
  void aHostThatTakesNothingDoesNotKeepTheWorkerFromAllElse() throws Exception {
    IntStream.range(0, 20).forEach(i -> ticks().want(tick(i, CommitStatus.State.PENDING)));
    var rounds = new CountDownLatch(3);
    TickSender busy = _ -> new Outcome.NotAsked("busy", watcher.clock.instant());

    try (var worker =
        new TickWorker(watcher.jdbc, rounds::countDown, busy, () -> 0L, watcher.clock)) {
      worker.start();

      assertThat(rounds.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aStopInterruptsNobodyWhoMayWrite() throws Exception {
    var follows = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    Runnable follow =
        () -> {
          follows.countDown();
          try {
            mayEnd.await();
          } catch (InterruptedException e) {
            interrupted.set(true);
          }
        };
    var worker = new TickWorker(watcher.jdbc, follow, this::send, () -> 0L, watcher.clock);
    worker.start();
    follows.await();

    Thread closing = Thread.ofPlatform().start(worker::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    mayEnd.countDown();
    closing.join();

    assertThat(interrupted).isFalse();
  }
}
