package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What one stage is to do, as it was told, and the Kafka clients that this takes.
record StageDuty<E extends ModuleEvent>(
    StageName name,
    String groupId,
    Class<E> type,
    StageWork<E> work,
    KafkaSettings kafka,
    StageSettings settings)
    implements StageClients {

  Topic topic() {
    return Arrays.stream(Topic.values())
        .filter(topic -> topic.eventType().equals(type))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no topic holds " + type));
  }

  String topicName() {
    return kafka.topic(topic());
  }

  String deadLetterTopic() {
    return topic().deadLetterName(kafka.topicPrefix());
  }

  String instance() {
    return settings.instance();
  }

  @Override
  public KafkaConsumer<byte[], byte[]> newConsumer() {
    Map<String, Object> p = new HashMap<>(kafka.clientProperties());
    p.put("group.id", groupId);
    String instanceId = settings.instanceId();
    if (instanceId != null) {
      p.put("group.instance.id", groupId + "-" + instanceId);
    }
    p.put("enable.auto.commit", "false");
    p.put("auto.offset.reset", "earliest");
    p.put("allow.auto.create.topics", "false");
    p.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    p.put("heartbeat.interval.ms", 1_000); // how soon an instance learns that another one joined
    p.put("max.poll.records", Math.clamp(settings.maxItems(), 1, 500));
    p.put("fetch.min.bytes", 1); // never wait for more
    p.put("fetch.max.bytes", 8 * 1024 * 1024);
    p.put("max.partition.fetch.bytes", 1024 * 1024);
    p.put("metadata.max.age.ms", 10_000); // a topic that is created later is found soon
    return new KafkaConsumer<>(p, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public KafkaProducer<byte[], byte[]> newProducer() {
    Map<String, Object> p = kafka.producerProperties();
    p.put("linger.ms", 1);
    p.put("compression.type", "lz4");
    return new KafkaProducer<>(p, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
