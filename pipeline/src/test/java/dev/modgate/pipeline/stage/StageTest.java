package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.Want;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The work loop against a real broker. Every test has topics of its own, by the prefix.
class StageTest {
  @TempDir static Path folder;
  private static LocalBroker broker;
  private static final AtomicInteger TESTS = new AtomicInteger();

  private final List<Stage<?>> stages = new ArrayList<>();
  private final Set<String> done = ConcurrentHashMap.newKeySet();
  private KafkaSettings kafka;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder, 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopics() throws Exception {
    kafka =
        new KafkaSettings(broker.bootstrapServers(), "t" + TESTS.incrementAndGet() + ".", Map.of());
    Topics.ensure(kafka, 2, (short) 1);
    producer =
        new KafkaProducer<>(
            kafka.clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    stages.forEach(Stage::close);
    producer.close();
  }

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

  private interface Step {
    List<ModuleEvent> process(ModuleRequested event)
        throws NotNowException, DependencyDownException, InterruptedException;
  }

  private static StageWork<ModuleRequested> work(Step process) {
    return new StageWork<>() {
      @Override
      public List<ModuleEvent> process(ModuleRequested event)
          throws NotNowException, DependencyDownException, InterruptedException {
        return process.process(event);
      }

      @Override
      public List<ModuleEvent> deferred(
          ModuleRequested event, DeferReason reason, String sentence) {
        return List.of(
            new ModuleDeferred(
                event.request(),
                event.module(),
                event.want(),
                StageName.FETCH,
                reason,
                sentence,
                Instant.EPOCH));
      }
    };
  }

  private List<ModuleEvent> finish(ModuleRequested event) {
    done.add(event.module().toString());
    return answer(event);
  }

  private static List<ModuleEvent> answer(ModuleRequested event) {
    return work(e -> List.of()).deferred(event, DeferReason.NOT_FOUND, "answer");
  }

  private static StageSettings settings() {
    var quick =
        new RetryPolicy(3, Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(20));
    return StageSettings.defaults()
        .withInPlace(quick)
        .withDrain(Duration.ofSeconds(10))
        .withStatusEvery(Duration.ofSeconds(1));
  }

  private Stage<ModuleRequested> start(Step process, StageSettings settings) {
    return start(work(process), settings);
  }

  private Stage<ModuleRequested> start(StageWork<ModuleRequested> work, StageSettings settings) {
    var stage =
        new Stage<>(
            StageName.FETCH, group(), ModuleRequested.class, work, kafka, settings, List::of);
    stages.add(stage);
    stage.start();
    return stage;
  }

  private String group() {
    return kafka.topicPrefix() + "fetcher";
  }

  private void request(int from, int to) {
    for (int i = from; i < to; i++) {
      var module = ModuleVersion.parse("example.com/m" + i + "@v1.0." + i);
      var event = new ModuleRequested(new RequestId("r" + i, 1), module, Want.ZIP, List.of(), 0);
      var _ =
          producer.send(
              new ProducerRecord<>(
                  kafka.topic(Topic.MODULE_REQUESTED),
                  module.path().value().getBytes(StandardCharsets.UTF_8),
                  EventJson.write(event)));
    }
    producer.flush();
  }

  private static int number(ModuleRequested event) {
    return Integer.parseInt(event.module().path().value().substring("example.com/m".length()));
  }

  private long committed() {
    try (var admin = Admin.create(kafka.clientProperties())) {
      return admin
          .listConsumerGroupOffsets(group())
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(e -> e.getKey().topic().equals(kafka.topic(Topic.MODULE_REQUESTED)))
          .mapToLong(e -> e.getValue().offset())
          .sum();
    } catch (Exception e) {
      return 0; // the group is not there yet
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    return readUntil(topic, found -> found.size() >= count);
  }

  private List<ConsumerRecord<byte[], byte[]>> readUntil(
      String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
    var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (var consumer =
        new KafkaConsumer<>(
            kafka.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Instant end = Instant.now().plusSeconds(20);
      while (!enough.test(found) && Instant.now().isBefore(end)) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(120); // a loaded machine is no failure
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited too long").isBefore(end);
      Thread.sleep(50);
    }
  }
}
