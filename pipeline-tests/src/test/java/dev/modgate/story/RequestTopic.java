package dev.modgate.story;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/// All that was ever asked of the stages, as the broker has it.
final class RequestTopic implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final List<ModuleRequested> read = new ArrayList<>();

  /// The topic is there.
  RequestTopic(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    String topic = Topic.MODULE_REQUESTED.name(Topic.DEFAULT_PREFIX);
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /// Each record up to now, also those that came twice.
  List<ModuleRequested> all() {
    Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(it -> consumer.position(it) < end.getOrDefault(it, 0L))) {
      consumer.poll(Duration.ofMillis(100)).forEach(it -> read.add(event(it.value())));
    }
    return List.copyOf(read);
  }

  private static ModuleRequested event(byte[] json) {
    try {
      return EventJson.read(ModuleRequested.class, json);
    } catch (UnreadableEventException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
