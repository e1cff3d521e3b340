package dev.modgate.watcher.outbox;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.database.WatcherParts;
import dev.modgate.watcher.pause.OwnPauses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class RelayTest extends OnEachDatabase {
  private static final Duration RESEND_AFTER = Duration.ofHours(6);

  private final Broker broker = new Broker();
  private boolean paused;

  @Test
  void requestsAreSentOnceAndWaitForTheirAnswer() {
    sync(3);
    Relay relay = relay(broker, 100);

    relay.sendSome();
    relay.sendSome();

    assertThat(broker.requests()).hasSize(3);
    assertThat(watcher.outbox.backlog()).isEqualTo(new Outbox.Backlog(0, 3));
    watcher.answer(published(broker.requests().getFirst(), HASH));
    assertThat(watcher.outbox.backlog()).isEqualTo(new Outbox.Backlog(0, 2));
  }

  @Test
  void aCrashAfterTheSendSendsTheSameRequestsAgain() {
    sync(3);
    watcher.crashes.loseNextCommit();

    assertThatThrownBy(() -> relay(broker, 100).sendSome())
        .isInstanceOf(Crashes.CrashException.class);
    List<ModuleRequested> before = broker.requests();
    relay(broker, 100).sendSome();

    assertThat(before).hasSize(3);
    assertThat(broker.requests().subList(3, 6)).isEqualTo(before);
  }

  @Test
  void whatTheBrokerDoesNotTakeStaysInTheOutbox() {
    sync(3);
    broker.sendException = new KafkaException("disk full");

    assertThatThrownBy(() -> relay(broker, 100).sendSome()).isInstanceOf(KafkaException.class);

    assertThat(watcher.outbox.backlog()).isEqualTo(new Outbox.Backlog(3, 0));
    broker.sendException = null;
    relay(broker, 100).sendSome();
    assertThat(broker.requests()).hasSize(3);
  }

  @Test
  void goesOnAfterABug() throws Exception {
    sync(3);
    broker.bugs.set(1);

    try (Relay relay = relay(broker, 100)) {
      relay.start();
      awaitRequests(3);
    }

    assertThat(broker.bugs).hasValue(0);
    assertThat(watcher.outbox.backlog()).isEqualTo(new Outbox.Backlog(0, 3));
  }

  @Test
  void noMoreRequestsWaitForAnAnswerThanTheLimit() {
    sync(7);
    Relay relay = relay(broker, 5);

    relay.sendSome();
    relay.sendSome();
    assertThat(broker.requests()).hasSize(5);

    watcher.answer(published(broker.requests().getFirst(), HASH));
    relay.sendSome();
    assertThat(broker.requests()).hasSize(6);
    assertThat(watcher.outbox.backlog()).isEqualTo(new Outbox.Backlog(1, 5));
  }

  @Test
  void whatIsNotAnsweredForTooLongIsSentAgain() {
    sync(1);
    Relay relay = relay(broker, 1);
    relay.sendSome();

    watcher.clock.advance(RESEND_AFTER);
    assertThat(relay.sendSome()).isZero();
    watcher.clock.advance(Duration.ofSeconds(1));
    assertThat(relay.sendSome()).isEqualTo(1);
    assertThat(relay.sendSome()).as("waits anew").isZero();

    assertThat(broker.requests()).hasSize(2);
    assertThat(broker.requests().getLast()).isEqualTo(broker.requests().getFirst());
  }

  @Test
  void nothingIsSentAgainWhileAStagePauses() {
    sync(1);
    Relay relay = relay(broker, 1);
    relay.sendSome();
    watcher.clock.advance(RESEND_AFTER.plusSeconds(1));
    paused = true;

    assertThat(relay.sendSome()).isZero();
    paused = false;
    assertThat(relay.sendSome()).as("the pause is over this moment").isZero();
    watcher.clock.advance(RESEND_AFTER.plusSeconds(1));
    assertThat(relay.sendSome()).isEqualTo(1);
  }

  @Test
  void aPersonsRequestsGoFirst() {
    sync(2);
    watcher.jdbc.update("update outbox set priority = ?", Outbox.BACKGROUND);
    watcher.sync("person", "example.com/person v1.0.0 " + HASH);

    relay(broker, 1).sendSome();

    assertThat(broker.requests().getFirst().module().path().value())
        .isEqualTo("example.com/person");
  }

  @Test
  void twoRelaysShareWithoutSendingTwice() throws Exception {
    sync(700);
    var slow = new Broker();
    slow.flushing = new CountDownLatch(1);
    slow.mayFlush = new CountDownLatch(1);

    var first = CompletableFuture.supplyAsync(() -> relay(slow, 2_000).sendSome());
    slow.flushing.await();
    int second = relay(broker, 2_000).sendSome();
    slow.mayFlush.countDown();
    int firstSent = first.get();

    assertThat(firstSent).isEqualTo(500);
    assertThat(second).as("what the first one left").isEqualTo(200);
    assertThat(slow.requests()).doesNotContainAnyElementsOf(broker.requests());
    assertThat(watcher.outbox.backlog()).isEqualTo(new Outbox.Backlog(0, 700));
  }

  private void sync(int modules) {
    watcher.sync(
        "test",
        IntStream.range(0, modules)
            .mapToObj(i -> "example.com/m" + i + " v1.0.0 " + HASH)
            .toArray(String[]::new));
  }

  private void awaitRequests(int count) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(60);
    while (broker.requests().size() < count) {
      assertThat(Instant.now()).as("waited too long").isBefore(end);
      Thread.sleep(20);
    }
  }

  private Relay relay(Broker to, int mostUnanswered) {
    return new Relay(
        watcher.jdbc,
        watcher.transaction,
        () -> to,
        "requested",
        new Relay.Limits(mostUnanswered, RESEND_AFTER),
        () -> paused,
        new OwnPauses(watcher.clock),
        watcher.clock);
  }

  /// Takes all that is sent, at the flush.
  private static final class Broker extends MockProducer<String, byte[]> {
    private CountDownLatch flushing = new CountDownLatch(0);
    private CountDownLatch mayFlush = new CountDownLatch(0);
    private final AtomicInteger bugs = new AtomicInteger();

    private Broker() {
      super(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<String, byte[]> request, Callback callback) {
      if (bugs.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("bug");
      }
      return super.send(request, callback);
    }

    @Override
    public synchronized void flush() {
      flushing.countDown();
      try {
        mayFlush.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private List<ModuleRequested> requests() {
      return history().stream().map(sent -> WatcherParts.request(sent.value())).toList();
    }
  }
}
