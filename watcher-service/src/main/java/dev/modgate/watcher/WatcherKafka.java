package dev.modgate.watcher;

import dev.modgate.pipeline.stage.KafkaSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `modgate.kafka.*`
///
/// @param partitions of topics that do not exist yet
/// @param replication of topics that do not exist yet
@ConfigurationProperties(prefix = "modgate.kafka", ignoreUnknownFields = false)
record WatcherKafka(
    String bootstrapServers,
    String topicPrefix,
    @Nullable Map<String, String> properties,
    int partitions,
    short replication) {
  KafkaSettings settings() {
    return new KafkaSettings(
        bootstrapServers, topicPrefix, properties == null ? Map.of() : properties);
  }
}
