package dev.modgate.watcher.result;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.pause.OwnPauses;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The listener in its container, with a real broker.
class ResultContainerTest extends OnEachDatabase {
  @TempDir Path folder;

  private final AtomicInteger bugs = new AtomicInteger();
  private final ResultTrouble trouble =
      new ResultTrouble(new OwnPauses(Clock.systemUTC()), Clock.systemUTC());

  @Test
  void noExceptionSkipsRecordsAndNewerOnesHoldTheirPartitionAlone() throws Exception {
    watcher.sync(
        "test",
        "example.com/a v1.0.0 " + HASH,
        "example.com/b v1.0.0 " + HASH,
        "example.com/c v1.0.0 " + HASH);
    List<ModuleRequested> requests = watcher.requests();
    try (var broker = LocalBroker.start(folder.resolve("kafka"), 0)) {
      var kafka = KafkaSettings.of(broker.bootstrapServers());
      createTopics(kafka);
      try (Producer<String, byte[]> producer =
          new KafkaProducer<>(
              kafka.producerProperties(), new StringSerializer(), new ByteArraySerializer())) {
        var container =
            new ResultConfiguration()
                .resultContainer(kafka, watcher.results, trouble, () -> orBug(producer));
        bugs.set(2);
        send(producer, kafka, 0, new byte[0]); // its letter meets the bugs
        send(producer, kafka, 0, inside(requests.get(0)));
        container.start();
        await(() -> state(requests.get(0)).equals("inside") && trouble.sentences().isEmpty());

        send(producer, kafka, 0, "{\"eventVersion\":2}".getBytes(UTF_8));
        send(producer, kafka, 0, inside(requests.get(1)));
        await(() -> !trouble.sentences().isEmpty());
        send(producer, kafka, 1, inside(requests.get(2)));
        await(() -> state(requests.get(2)).equals("inside"));
        container.stop();

        assertThat(bugs).hasValue(0);
        assertThat(state(requests.get(1))).isEqualTo("requested");
        assertThat(committed(kafka)).isEqualTo(2);
      }
    }
  }

  private Producer<String, byte[]> orBug(Producer<String, byte[]> producer) {
    if (bugs.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new ClassCastException("a bug that others take for final");
    }
    return producer;
  }

  private static byte[] inside(ModuleRequested request) {
    return EventJson.write(published(request, HASH));
  }

  private static void send(
      Producer<String, byte[]> producer, KafkaSettings kafka, int partition, byte[] value)
      throws Exception {
    producer
        .send(new ProducerRecord<>(kafka.topic(Topic.MODULE_PUBLISHED), partition, "key", value))
        .get();
  }

  private static void createTopics(KafkaSettings kafka) throws Exception {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      var topics =
          new java.util.ArrayList<>(ResultListener.topics().stream().map(kafka::topic).toList());
      topics.add(Topic.MODULE_PUBLISHED.deadLetterName(kafka.topicPrefix()));
      admin
          .createTopics(topics.stream().map(name -> new NewTopic(name, 2, (short) 1)).toList())
          .all()
          .get();
    }
  }

  private static long committed(KafkaSettings kafka) throws Exception {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      return Objects.requireNonNull(
              admin
                  .listConsumerGroupOffsets(kafka.topicPrefix() + ResultListener.GROUP)
                  .partitionsToOffsetAndMetadata()
                  .get()
                  .get(new TopicPartition(kafka.topic(Topic.MODULE_PUBLISHED), 0)))
          .offset();
    }
  }

  private String state(ModuleRequested request) {
    return watcher.module(request.module().toString()).wants().getFirst().state();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(60);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited too long").isBefore(end);
      Thread.sleep(20);
    }
  }
}
