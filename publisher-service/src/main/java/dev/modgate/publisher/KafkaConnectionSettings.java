package dev.modgate.publisher;

import dev.modgate.pipeline.stage.KafkaSettings;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How to reach Kafka; see [KafkaSettings], which also says what is impossible there.
///
/// @param partitions of the topics that are made where they are missing
/// @param replication of these; -1 for what the brokers are set to
@ConfigurationProperties(prefix = "modgate.kafka", ignoreUnknownFields = false)
record KafkaConnectionSettings(
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue("modgate.") String topicPrefix,
    @DefaultValue("8") int partitions,
    @DefaultValue("1") short replication,
    @DefaultValue Map<String, String> properties) {
  KafkaConnectionSettings {
    properties = Map.copyOf(properties);
    checked(bootstrapServers, topicPrefix, properties);
    if (partitions < 1 || partitions > 10_000) {
      throw new IllegalArgumentException(
          "modgate.kafka.partitions is " + partitions + ", want 1 to 10000");
    }
    if (replication != -1 && replication < 1) {
      throw new IllegalArgumentException(
          "modgate.kafka.replication is " + replication + ", want 1 or more, or -1");
    }
  }

  KafkaSettings toKafka() {
    return checked(bootstrapServers, topicPrefix, properties);
  }

  private static KafkaSettings checked(
      String bootstrapServers, String topicPrefix, Map<String, String> properties) {
    return new KafkaSettings(bootstrapServers, topicPrefix, properties);
  }

  /// Without the properties' values, which may be secret.
  @Override
  public String toString() {
    return toKafka().toString();
  }
}
