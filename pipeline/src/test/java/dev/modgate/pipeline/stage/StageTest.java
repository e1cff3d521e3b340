package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/// The work loop as it should be.
class StageTest extends OnBroker {

  @Test
  void repeatsAfterADeathWhatWasNotCommittedAndLosesNothing() throws Exception {
    var release = new CountDownLatch(1);
    Stage<ModuleRequested> first =
        start(
            event -> {
              if (number(event) >= 5) {
                release.await();
              }
              done.add(event.module().toString());
              return answer(event);
            },
            settings());
    request(0, 10);
    await(() -> done.size() == 5);
    first.kill();
    assertThat(done).hasSize(5);

    start(this::finish, settings());

    await(() -> done.size() == 10);
    await(() -> committed() == 10);
  }

  @Test
  void oneSlowItemHoldsUpNeitherOthersNorAnUnsafeCommit() throws Exception {
    var release = new CountDownLatch(1);
    start(
        event -> {
          if (number(event) == 0) {
            release.await();
          }
          return finish(event);
        },
        settings());
    request(0, 100);

    await(() -> done.size() == 99);
    Thread.sleep(300);
    long before = committed();
    release.countDown();

    assertThat(before).isLessThan(100); // nothing of the slow item's partition beyond it
    await(() -> committed() == 100);
  }

  @Test
  void handsOverInFlightWorkWhenASecondInstanceJoins() throws Exception {
    StageWork<ModuleRequested> slow =
        work(event -> {
          Thread.sleep(30);
          return finish(event);
        });
    start(slow, settings().withMaxItems(4));
    request(0, 600);
    await(() -> done.size() > 20);

    Stage<ModuleRequested> second = start(slow, settings().withMaxItems(4));

    await(() -> second.status().partitions() == 1);
    request(600, 700);
    await(() -> done.size() == 700 && committed() == 700);
    assertThat(second.status().done()).isPositive();
  }

  @Test
  void pausesWhileADependencyIsDownAndGoesOnByItself() throws Exception {
    var down = new AtomicBoolean(true);
    Stage<ModuleRequested> stage =
        start(
            event -> {
              if (down.get()) {
                throw new DependencyDownException("all upstreams are down", Duration.ofMillis(200));
              }
              return finish(event);
            },
            settings());
    request(0, 50);

    await(() -> stage.status().state() == StageStatus.State.PAUSED);
    assertThat(stage.status().pauses())
        .extracting(StageStatus.Pause::reason)
        .containsExactly("all upstreams are down");
    assertThat(done).isEmpty();
    down.set(false);

    await(() -> done.size() == 50 && committed() == 50);
    assertThat(stage.status().deadLettered() + stage.status().deferred()).isZero();
    await(() -> stage.status().state() == StageStatus.State.RUNNING);
  }

  @Test
  void defersAnItemThatCannotBeHadAfterItsTries() throws Exception {
    var tries = new AtomicInteger();
    Stage<ModuleRequested> stage =
        start(
            event -> {
              tries.incrementAndGet();
              throw NotNowException.tryAgain(
                  DeferReason.UPSTREAM_FAILED, "timeout", new IllegalStateException());
            },
            settings());
    request(0, 1);

    List<ConsumerRecord<byte[], byte[]>> deferred = read(kafka.topic(Topic.MODULE_DEFERRED), 1);

    assertThat(tries).hasValue(3);
    assertThat(EventJson.read(ModuleDeferred.class, deferred.getFirst().value()).reason())
        .isEqualTo(DeferReason.UPSTREAM_FAILED);
    assertThat(text(deferred.getFirst(), TraceParent.HEADER)).startsWith("00-");
    await(() -> committed() == 1 && stage.status().deferred() == 1);
  }

  @Test
  void keepsWhatIsUnreadableAsADeadLetterAndGoesOn() throws Exception {
    producer.send(new ProducerRecord<>(kafka.topic(Topic.MODULE_REQUESTED), new byte[9_000])).get();
    request(0, 3);
    start(this::finish, settings());

    ConsumerRecord<byte[], byte[]> letter =
        read(Topic.MODULE_REQUESTED.deadLetterName(kafka.topicPrefix()), 1).getFirst();

    assertThat(letter.value()).hasSize(DeadLetter.MAX_VALUE);
    assertThat(text(letter, DeadLetter.ORIGIN_TOPIC))
        .isEqualTo(kafka.topic(Topic.MODULE_REQUESTED));
    assertThat(text(letter, DeadLetter.CAUSE)).contains("UnreadableEventException");
    await(() -> done.size() == 3 && committed() == 4);
  }

  @Test
  void answersABugWithADeadLetterAndADeferral() throws Exception {
    start(
        event -> {
          throw new IllegalStateException("bug");
        },
        settings());
    request(0, 1);

    assertThat(read(Topic.MODULE_REQUESTED.deadLetterName(kafka.topicPrefix()), 1)).hasSize(1);
    ConsumerRecord<byte[], byte[]> answer = read(kafka.topic(Topic.MODULE_DEFERRED), 1).getFirst();
    assertThat(EventJson.read(ModuleDeferred.class, answer.value()).reason())
        .isEqualTo(DeferReason.DEAD_LETTERED);
  }

  @Test
  void pausesOnABurstOfDeadLetters() throws Exception {
    var burst = new DeadLetterBreaker.Policy(3, Duration.ofMinutes(1), Duration.ofSeconds(30));
    Stage<ModuleRequested> stage =
        start(
            event -> {
              throw new IllegalStateException("bug");
            },
            settings().withMaxItems(1).withBreaker(burst));
    request(0, 20);

    await(() -> stage.status().state() == StageStatus.State.PAUSED);
    assertThat(stage.status().deadLettered()).isEqualTo(3);
  }

  @Test
  void goesOnAtOnceWhenSomebodySaysSo() throws Exception {
    var mended = new AtomicBoolean();
    var burst = new DeadLetterBreaker.Policy(3, Duration.ofMinutes(1), Duration.ofMinutes(10));
    Stage<ModuleRequested> stage =
        start(
            event -> {
              if (!mended.get()) {
                throw new IllegalStateException("bug");
              }
              return finish(event);
            },
            settings().withMaxItems(1).withBreaker(burst));
    request(0, 20);
    await(() -> stage.status().state() == StageStatus.State.PAUSED);

    mended.set(true);
    try (var sender = new EventSender(kafka)) {
      for (int i = 0; done.size() < 17 && i < 100; i++) { // it may not listen yet
        sender.command(
            new StageCommand("c" + i, StageName.FETCH, StageCommand.Order.RESUME, Instant.now()));
        Thread.sleep(200);
      }
    }

    await(() -> done.size() == 17);
    assertThat(stage.status().deadLettered()).isEqualTo(3);
  }

  @Test
  void waitsForItsUpgradeAtARecordOfNewerCode() throws Exception {
    byte[] newer = "{\"eventVersion\":2}".getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(kafka.topic(Topic.MODULE_REQUESTED), newer)).get();
    Stage<ModuleRequested> stage = start(this::finish, settings());

    await(() -> stage.status().state() == StageStatus.State.PAUSED);

    assertThat(stage.status().pauses().getFirst().reason()).contains("event version 2 is newer");
    assertThat(committed()).isZero();
  }

  @Test
  void holdsAtMostItsWindowOfManyRecords() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    Stage<ModuleRequested> stage =
        start(
            event -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              try {
                return finish(event);
              } finally {
                now.decrementAndGet();
              }
            },
            settings().withMaxItems(16));
    request(0, 10_000);

    await(() -> stage.status().done() == 10_000 && committed() == 10_000);

    assertThat(most.get()).isLessThanOrEqualTo(16);
  }

  @Test
  void finishesWhatIsInFlightWhenItIsClosed() throws Exception {
    var release = new CountDownLatch(1);
    Stage<ModuleRequested> stage =
        start(
            event -> {
              release.await();
              return finish(event);
            },
            settings());
    request(0, 4);
    await(() -> stage.status().inFlight() == 4);

    Thread closing = Thread.ofVirtual().start(stage::close);
    await(() -> stage.status().state() == StageStatus.State.DRAINING);
    release.countDown();
    closing.join();

    assertThat(done).hasSize(4);
    assertThat(committed()).isEqualTo(4);
    assertThat(stage.status().state()).isEqualTo(StageStatus.State.STOPPED);
  }

  @Test
  void cancelsWhatDoesNotFinishInTime() throws Exception {
    Stage<ModuleRequested> stage =
        start(
            event -> {
              Thread.sleep(60_000);
              return finish(event);
            },
            settings().withDrain(Duration.ofMillis(200)));
    request(0, 1);
    await(() -> stage.status().inFlight() == 1);
    Instant before = Instant.now();

    stage.close();

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(committed()).isZero();
  }

  @Test
  void tellsItsStatusUntilItsEnd() throws Exception {
    Stage<ModuleRequested> stage = start(this::finish, settings());
    await(() -> stage.status().state() == StageStatus.State.RUNNING);
    stage.close();

    // how often it told that it runs depends on the machine
    List<ConsumerRecord<byte[], byte[]>> told =
        readUntil(kafka.statusTopic(), all -> all.stream().anyMatch(r -> r.value() == null));

    assertThat(told).anyMatch(r -> r.value() == null);
    var stopped = new ArrayList<StageStatus>();
    for (ConsumerRecord<byte[], byte[]> one : told) {
      if (one.value() != null
          && StageStatus.read(one.value()).state() == StageStatus.State.STOPPED) {
        stopped.add(StageStatus.read(one.value()));
      }
    }
    assertThat(stopped).hasSize(1);
    assertThat(stopped.getFirst().key())
        .isEqualTo(new String(told.getFirst().key(), StandardCharsets.UTF_8));
  }

  @Test
  void aProcessWhoseMemoryIsGoneEndsAndLosesNothing() throws Exception {
    request(0, 1);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DyingStage.class.getName(),
                kafka.bootstrapServers(),
                kafka.topicPrefix())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(Fatal.EXIT_CODE);
    assertThat(said)
        .containsPattern(
            "FETCH .*@0 can't go on, the process ends: java.lang.OutOfMemoryError: Java heap space");
    start(this::finish, settings());
    await(() -> done.size() == 1);
  }
}
