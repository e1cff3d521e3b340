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
import org.junit.jupiter.api.io.TempDir;

/// A broker for all tests of a class, topics for each: by the prefix.
abstract class OnBroker {
  @TempDir static Path folder;
  private static LocalBroker broker;
  private static final AtomicInteger TESTS = new AtomicInteger();

  final List<Stage<?>> stages = new ArrayList<>();
  final Set<String> done = ConcurrentHashMap.newKeySet();
  KafkaSettings kafka;
  KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = LocalBroker.start(folder, 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /// At the same address as before.
  static void startBrokerAgain() throws Exception {
    String port = broker.bootstrapServers().substring(broker.bootstrapServers().indexOf(':') + 1);
    broker = LocalBroker.start(folder, Integer.parseInt(port));
  }

  @BeforeEach
  void createTopics() throws Exception {
    kafka =
        new KafkaSettings(broker.bootstrapServers(), "t" + TESTS.incrementAndGet() + ".", Map.of());
    Topics.ensure(kafka, 2, (short) 1);
    producer =
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    stages.forEach(Stage::close);
    producer.close();
  }

  interface Step {
    List<ModuleEvent> process(ModuleRequested event)
        throws NotNowException, DependencyDownException, InterruptedException;
  }

  static StageWork<ModuleRequested> work(Step process) {
    return new Weighing(process, event -> {});
  }

  /// What is asked for the weight runs on the poll thread.
  record Weighing(Step step, java.util.function.Consumer<ModuleRequested> atWeight)
      implements StageWork<ModuleRequested> {
    @Override
    public List<ModuleEvent> process(ModuleRequested event)
        throws NotNowException, DependencyDownException, InterruptedException {
      return step.process(event);
    }

    @Override
    public List<ModuleEvent> deferred(ModuleRequested event, DeferReason reason, String sentence) {
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

    @Override
    public long weight(ModuleRequested event) {
      atWeight.accept(event);
      return 0;
    }
  }

  List<ModuleEvent> finish(ModuleRequested event) {
    done.add(event.module().toString());
    return answer(event);
  }

  static List<ModuleEvent> answer(ModuleRequested event) {
    return work(e -> List.of()).deferred(event, DeferReason.NOT_FOUND, "answer");
  }

  static StageSettings settings() {
    var quick =
        new RetryPolicy(3, Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(20));
    return StageSettings.defaults()
        .withInPlace(quick)
        .withDrain(Duration.ofSeconds(10))
        .withStatusEvery(Duration.ofSeconds(1));
  }

  Stage<ModuleRequested> start(Step process, StageSettings settings) {
    return start(work(process), settings);
  }

  Stage<ModuleRequested> start(StageWork<ModuleRequested> work, StageSettings settings) {
    return start(
        new Stage<>(
            StageName.FETCH, group(), ModuleRequested.class, work, kafka, settings, List::of));
  }

  Stage<ModuleRequested> start(Stage<ModuleRequested> stage) {
    stages.add(stage);
    stage.start();
    return stage;
  }

  String group() {
    return kafka.topicPrefix() + "fetcher";
  }

  void request(int from, int to) {
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

  static int number(ModuleRequested event) {
    return Integer.parseInt(event.module().path().value().substring("example.com/m".length()));
  }

  long committed() {
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

  List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    return readUntil(topic, found -> found.size() >= count);
  }

  List<ConsumerRecord<byte[], byte[]>> readUntil(
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

  static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }

  static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(120); // a loaded machine is no failure
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited too long").isBefore(end);
      Thread.sleep(50);
    }
  }

  static void awaitUnchecked(BooleanSupplier condition) {
    try {
      await(condition);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
