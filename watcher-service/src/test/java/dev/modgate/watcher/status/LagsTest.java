package dev.modgate.watcher.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.broker.LocalBroker;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import dev.modgate.pipeline.stage.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LagsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void aBrokerThatDoesNotAnswerIsDownAndNamed() throws Exception {
    String nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "127.0.0.1:" + socket.getLocalPort();
    }

    try (var lags = new Lags(KafkaSettings.of(nobody), Duration.ofMillis(300))) {
      assertThat(lags.now())
          .isInstanceOfSatisfying(
              Lags.Answer.Down.class,
              down ->
                  assertThat(down.reason())
                      .startsWith("kafka at \"" + nobody + "\" does not answer: "));
    }
  }

  @Test
  void aBrokerWhoseNameDoesNotResolveIsDown() throws Exception {
    try (var lags = new Lags(KafkaSettings.of("nobody.invalid:9092"), LIMIT)) {
      assertThat(lags.now())
          .isEqualTo(
              new Lags.Answer.Down(
                  "kafka at \"nobody.invalid:9092\" does not answer: No resolvable bootstrap urls"
                      + " given in bootstrap.servers"));
    }
  }

  @Test
  void lagIsWhatAGroupHasNotCommittedAndUnknownWithoutTopics() throws Exception {
    try (var broker = LocalBroker.start(folder, 0)) {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      try (var lags = new Lags(kafka, LIMIT)) {
        assertThat(lags.now()).isEqualTo(new Lags.Answer.Up(Map.of(), Set.of()));

        Topics.ensure(kafka, 2, (short) 1);
        send(kafka, Topic.MODULE_REQUESTED, 5);
        send(kafka, Topic.MODULE_REJECTED, 3);
        commit(kafka, ConsumerGroup.FETCHER, Topic.MODULE_REQUESTED, 4);

        assertThat(lags.now())
            .isEqualTo(
                new Lags.Answer.Up(
                    Map.of(
                        ConsumerGroup.FETCHER, 1L,
                        ConsumerGroup.VERIFIER, 0L,
                        ConsumerGroup.PUBLISHER, 0L,
                        ConsumerGroup.PUBLISHER_NOTES, 3L,
                        ConsumerGroup.WATCHER, 3L),
                    Set.of()));

        sendOld(kafka, Topic.MODULE_FETCHED, Duration.ofDays(6));
        sendOld(kafka, Topic.MODULE_VERIFIED, Duration.ofDays(5));
        commit(kafka, ConsumerGroup.WATCHER, Topic.MODULE_FETCHED, 1);

        assertThat(lags.now())
            .as("its topic keeps records for 7 days")
            .isInstanceOfSatisfying(
                Lags.Answer.Up.class,
                up -> assertThat(up.expiring()).containsExactly(ConsumerGroup.VERIFIER));
      }
    }
  }

  private static void sendOld(KafkaSettings kafka, Topic topic, Duration ago) throws Exception {
    long at = System.currentTimeMillis() - ago.toMillis();
    try (var producer =
        new KafkaProducer<>(
            new HashMap<String, Object>(kafka.producerProperties()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(kafka.topic(topic), 0, at, "key", new byte[1])).get();
    }
  }

  private static void send(KafkaSettings kafka, Topic topic, int records) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            new HashMap<String, Object>(kafka.producerProperties()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(kafka.topic(topic), 0, "key", new byte[1])).get();
      }
    }
  }

  private static void commit(KafkaSettings kafka, ConsumerGroup group, Topic topic, long offset)
      throws Exception {
    var done = Map.of(new TopicPartition(kafka.topic(topic), 0), new OffsetAndMetadata(offset));
    try (Admin admin = Admin.create(new HashMap<String, Object>(kafka.clientProperties()))) {
      admin.alterConsumerGroupOffsets(group.name(kafka), done).all().get();
    }
  }
}
