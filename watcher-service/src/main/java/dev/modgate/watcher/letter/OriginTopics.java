package dev.modgate.watcher.letter;

import dev.modgate.pipeline.stage.DeadLetter;
import dev.modgate.pipeline.stage.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Reads single records where they lie, and sends them again. For one thread, and one batch of
/// letters; it reads ahead, so letters that died one behind the other cost one poll together.
final class OriginTopics implements AutoCloseable {
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<Long, ConsumerRecord<byte[], byte[]>> ahead = new HashMap<>();
  private @Nullable TopicPartition current;
  private long begin;
  private long end;

  /// @throws KafkaException when the broker's name does not resolve
  OriginTopics(KafkaSettings kafka) {
    Map<String, Object> reading = new HashMap<>(kafka.clientProperties());
    reading.put("client.id", "modgate-watcher-letters");
    reading.put("enable.auto.commit", false);
    reading.put("allow.auto.create.topics", false);
    reading.put("auto.offset.reset", "none");
    reading.put("max.poll.records", 100);
    reading.put("default.api.timeout.ms", (int) ANSWERS_WITHIN.toMillis());
    reading.put("request.timeout.ms", (int) ANSWERS_WITHIN.toMillis());
    consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Map<String, Object> sending = kafka.producerProperties();
    sending.put("client.id", "modgate-watcher-letters");
    sending.put("linger.ms", 0);
    sending.put("max.block.ms", (int) ANSWERS_WITHIN.toMillis());
    sending.put("request.timeout.ms", (int) ANSWERS_WITHIN.toMillis());
    sending.put("delivery.timeout.ms", (int) TAKEN_WITHIN.toMillis());
    try {
      producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
    } catch (KafkaException e) {
      consumer.close();
      throw e;
    }
  }

  /// The record that lies there; empty where its topic has forgotten it, or was made anew.
  ///
  /// @throws KafkaException when the broker does not say
  Optional<ConsumerRecord<byte[], byte[]>> read(Letter.Place place) {
    var partition = new TopicPartition(place.topic(), place.partition());
    if (!partition.equals(current) && !turnTo(partition)) {
      return Optional.empty();
    }
    if (place.offset() < begin || place.offset() >= end) {
      return Optional.empty();
    }
    ConsumerRecord<byte[], byte[]> known = ahead.get(place.offset());
    return known != null ? Optional.of(known) : readFrom(partition, place.offset());
  }

  private boolean turnTo(TopicPartition partition) {
    ahead.clear();
    current = null;
    boolean there =
        consumer.partitionsFor(partition.topic()).stream()
            .anyMatch(info -> info.partition() == partition.partition());
    if (!there) {
      return false;
    }
    List<TopicPartition> one = List.of(partition);
    consumer.assign(one);
    begin = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
    end = consumer.endOffsets(one).getOrDefault(partition, 0L);
    current = partition;
    return true;
  }

  private Optional<ConsumerRecord<byte[], byte[]>> readFrom(TopicPartition partition, long offset) {
    ahead.clear();
    consumer.seek(partition, offset);
    long giveUp = System.nanoTime() + ANSWERS_WITHIN.toNanos();
    while (consumer.position(partition) <= offset) {
      consumer.poll(Duration.ofMillis(200)).forEach(one -> ahead.put(one.offset(), one));
      if (ahead.isEmpty() && System.nanoTime() > giveUp) {
        throw new TimeoutException("nothing came of " + partition + "@" + offset);
      }
    }
    return Optional.ofNullable(ahead.get(offset));
  }

  /// Returns when all brokers that must have it have it.
  ///
  /// @throws KafkaException when they do not
  void sendAgain(String topic, byte @Nullable [] key, byte @Nullable [] value, long letter) {
    var again = new ProducerRecord<>(topic, null, null, key, value);
    again
        .headers()
        .add(
            new RecordHeader(
                DeadLetter.RETRY_OF, String.valueOf(letter).getBytes(StandardCharsets.US_ASCII)));
    try {
      var _ = producer.send(again).get(2 * TAKEN_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    try {
      consumer.close();
    } finally {
      producer.close(ANSWERS_WITHIN);
    }
  }
}
