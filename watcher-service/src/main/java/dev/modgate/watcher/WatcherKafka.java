package dev.modgate.watcher;

import dev.modgate.pipeline.stage.KafkaSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `modgate.kafka.*`
@ConfigurationProperties(prefix = "modgate.kafka", ignoreUnknownFields = false)
record WatcherKafka(
    String bootstrapServers, String topicPrefix, @Nullable Map<String, String> properties) {
  KafkaSettings settings() {
    return new KafkaSettings(
        bootstrapServers, topicPrefix, properties == null ? Map.of() : properties);
  }
}
