package dev.modgate.fetcher;

import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings that several services read from one file. Keys unknown here are other services'.
final class SharedSettings {
  private SharedSettings() {}

  /// How to reach Kafka. Each is explained in `fetcher.yml`.
  @ConfigurationProperties(prefix = "modgate.kafka")
  public record Kafka(
      @DefaultValue("localhost:9092") String bootstrapServers,
      @DefaultValue(Topic.DEFAULT_PREFIX) String topicPrefix,
      @DefaultValue Map<String, String> properties,
      @DefaultValue("8") int partitions,
      @DefaultValue("1") short replication) {
    /// @throws IllegalArgumentException naming the impossible value
    public Kafka {
      if (partitions < 1 || replication < 1) {
        throw new IllegalArgumentException(
            "modgate.kafka.partitions is "
                + partitions
                + " and modgate.kafka.replication is "
                + replication
                + ", want at least 1");
      }
      properties = Map.copyOf(properties);
    }

    KafkaSettings settings() {
      return new KafkaSettings(bootstrapServers, topicPrefix, properties);
    }

    /// Without the properties, which may hold secrets.
    @Override
    public String toString() {
      return "Kafka[" + bootstrapServers + "]";
    }
  }

  /// The blob store's folder.
  @ConfigurationProperties(prefix = "modgate.blob-store")
  public record BlobFolder(@DefaultValue("data/blob-store") Path path) {}
}
