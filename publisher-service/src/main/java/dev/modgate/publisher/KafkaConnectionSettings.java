package dev.modgate.publisher;

import dev.modgate.pipeline.stage.KafkaSettings;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How to reach Kafka; see [KafkaSettings], which also says what is impossible.
@ConfigurationProperties(prefix = "modgate.kafka", ignoreUnknownFields = false)
record KafkaConnectionSettings(
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue("modgate.") String topicPrefix,
    @DefaultValue Map<String, String> properties) {
  KafkaConnectionSettings {
    properties = Map.copyOf(properties);
    checked(bootstrapServers, topicPrefix, properties);
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
