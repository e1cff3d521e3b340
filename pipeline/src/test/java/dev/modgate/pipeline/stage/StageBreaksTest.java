package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/// The work loop when it breaks, or what it stands on does.
class StageBreaksTest extends OnBroker {

  @Test
  void tellsEverybodyThatItFailedAndBeginsAnew() throws Exception {
    var bug = new AtomicReference<RuntimeException>();
    Stage<ModuleRequested> stage = start(breakingAt(bug));
    request(0, 1);
    await(() -> done.size() == 1);

    bug.set(new IllegalStateException("bug in the loop"));
    List<ConsumerRecord<byte[], byte[]>> told =
        readUntil(kafka.statusTopic(), all -> all.stream().anyMatch(StageBreaksTest::failed));

    assertThat(told).anyMatch(StageBreaksTest::failed);
    assertThat(stage.status().pauses().getFirst().reason()).contains("bug in the loop");
    bug.set(null);
    request(1, 3);
    await(() -> done.size() == 3 && committed() == 3);
    assertThat(stage.status().state()).isEqualTo(StageStatus.State.RUNNING);
    assertThat(stage.status().pauses()).isEmpty();
  }

  @Test
  void beginsAnewWhenKafkaRefuses() throws Exception {
    var refusal = new AtomicReference<RuntimeException>(new KafkaException("not authorized"));
    Stage<ModuleRequested> stage = start(breakingAt(refusal));
    request(0, 1);

    await(() -> stage.status().state() == StageStatus.State.PAUSED);
    assertThat(stage.status().pauses().getFirst().reason()).contains("not authorized");
    refusal.set(null);

    await(() -> done.size() == 1);
  }

  @Test
  void takesAnOverflowOfTheStackForABugThatTheItemFound() throws Exception {
    Stage<ModuleRequested> stage =
        start(event -> number(event) == 0 ? overflow(event, 0) : finish(event), settings());
    request(0, 2);

    ConsumerRecord<byte[], byte[]> letter =
        read(Topic.MODULE_REQUESTED.deadLetterName(kafka.topicPrefix()), 1).getFirst();

    assertThat(text(letter, DeadLetter.CAUSE)).contains("StackOverflowError");
    await(() -> done.size() == 1 && committed() == 2);
    assertThat(stage.status().deadLettered()).isEqualTo(1);
  }

  @Test
  void waitsLongerEachTimeBeforeAnItemThatCouldNotBeEndedBeginsAgain() throws Exception {
    var tries = new AtomicInteger();
    Instant before = Instant.now();
    start(
        event -> {
          if (tries.incrementAndGet() < 4) {
            throw new InterruptedException("nobody cancelled it");
          }
          return finish(event);
        },
        settings());
    request(0, 1);

    await(() -> done.size() == 1 && committed() == 1);

    assertThat(tries).hasValue(4);
    assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(3_500));
  }

  @Test
  void doesAgainWhatWasInFlightOnPartitionsThatItLost() throws Exception {
    kafka =
        new KafkaSettings(
            kafka.bootstrapServers(), kafka.topicPrefix(), Map.of("max.poll.interval.ms", "3000"));
    var inFlight = new CountDownLatch(1);
    var cutOff = new CountDownLatch(1);
    var thrownOut = new AtomicBoolean();
    start(
        new Weighing(
            event -> {
              if (number(event) == 0 && cutOff.getCount() > 0) {
                inFlight.countDown();
                awaitInterrupt(cutOff);
              }
              return finish(event);
            },
            event -> { // on the poll thread, which so is no member any more
              if (number(event) == 1 && thrownOut.compareAndSet(false, true)) {
                awaitUnchecked(() -> members() == 0);
              }
            }),
        settings());
    request(0, 1);
    inFlight.await();

    request(1, 2);

    await(() -> done.size() == 2 && committed() == 2);
    assertThat(cutOff.getCount()).isZero();
  }

  @Test
  void aResultThatKafkaRefusesAsTooLargeIsADeadLetter() throws Exception {
    takeAtMost(20_000); // more than any dead letter has
    start(
        event -> {
          done.add(event.module().toString());
          return List.of(large(event, 32));
        },
        settings());
    request(0, 1);

    ConsumerRecord<byte[], byte[]> letter =
        read(Topic.MODULE_REQUESTED.deadLetterName(kafka.topicPrefix()), 1).getFirst();

    assertThat(text(letter, DeadLetter.CAUSE))
        .contains("\"" + kafka.topic(Topic.MODULE_DEFERRED) + "\" takes no record of ")
        .contains("max.message.bytes")
        .contains("max.request.size");
    await(() -> committed() == 1);
    assertThat(deferred()).hasSize(1);
  }

  @Test
  void aDeadLetterThatKafkaRefusesAsTooLargeIsLoggedAndTheItemAnsweredAllTheSame()
      throws Exception {
    takeAtMost(3_000);
    Stage<ModuleRequested> stage =
        start(
            event -> {
              throw new IllegalStateException("bug " + "x".repeat(5_000));
            },
            settings());
    request(0, 1);

    await(() -> committed() == 1);

    assertThat(deferred()).hasSize(1);
    assertThat(stage.status().deadLettered()).isEqualTo(1);
  }

  private void takeAtMost(int bytes) {
    kafka =
        new KafkaSettings(
            kafka.bootstrapServers(), kafka.topicPrefix(), Map.of("max.request.size", "" + bytes));
  }

  private static ModuleDeferred large(ModuleRequested event, int refusals) {
    var refusal =
        new Refusal(
            "https://a.example",
            Set.of(Files.Kind.ZIP),
            RejectReason.CLAIM_MISMATCH,
            "x".repeat(500));
    return new ModuleDeferred(
        event.request(),
        event.module(),
        event.want(),
        StageName.FETCH,
        DeferReason.WRONG_BYTES,
        "y".repeat(4_000),
        Instant.EPOCH,
        Collections.nCopies(refusals, refusal));
  }

  private List<ModuleDeferred> deferred() throws UnreadableEventException {
    var all = new ArrayList<ModuleDeferred>();
    for (var record : read(kafka.topic(Topic.MODULE_DEFERRED), 1)) {
      all.add(EventJson.read(ModuleDeferred.class, record.value()));
    }
    assertThat(all).extracting(ModuleDeferred::reason).containsOnly(DeferReason.DEAD_LETTERED);
    return all;
  }

  /// Each poll throws what there is to throw.
  private Stage<ModuleRequested> breakingAt(AtomicReference<RuntimeException> failure) {
    var duty =
        new StageDuty<>(
            StageName.FETCH, group(), ModuleRequested.class, work(this::finish), kafka, settings());
    var clients =
        new StageClients() {
          @Override
          public Consumer<byte[], byte[]> newConsumer() {
            return breaking(duty.newConsumer(), failure);
          }

          @Override
          public Producer<byte[], byte[]> newProducer() {
            return duty.newProducer();
          }
        };
    return new Stage<>(duty, clients, List::of);
  }

  @SuppressWarnings("unchecked") // what it stands before is one
  private static Consumer<byte[], byte[]> breaking(
      Consumer<byte[], byte[]> real, AtomicReference<RuntimeException> failure) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            StageBreaksTest.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (_, method, args) -> {
              RuntimeException now = failure.get();
              if (method.getName().equals("poll") && now != null) {
                throw now;
              }
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean failed(ConsumerRecord<byte[], byte[]> told) {
    try {
      return told.value() != null
          && StageStatus.read(told.value()).state() == StageStatus.State.FAILED
          && StageStatus.read(told.value()).pauses().getFirst().reason().contains("bug");
    } catch (UnreadableEventException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ModuleEvent> overflow(ModuleRequested event, int depth) {
    return depth < 0 ? List.of() : overflow(event, depth + 1);
  }

  private static void awaitInterrupt(CountDownLatch came) throws InterruptedException {
    try {
      Thread.sleep(Duration.ofMinutes(5));
    } finally {
      came.countDown();
    }
  }

  private int members() {
    try (var admin = Admin.create(kafka.clientProperties())) {
      return admin
          .describeConsumerGroups(List.of(group()))
          .all()
          .get()
          .values()
          .iterator()
          .next()
          .members()
          .size();
    } catch (Exception e) {
      return -1;
    }
  }
}
