package dev.modgate.start;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How to reach Kafka, the same for all services. Each key is explained in the yml of each service.
///
/// @param properties handed to every Kafka client as they are; may hold secrets
/// @param partitions of topics that do not exist yet
/// @param replication of topics that do not exist yet; -1 for what the brokers are set to
@ConfigurationProperties("modgate.kafka")
public record KafkaConnection(
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue(Topic.DEFAULT_PREFIX) String topicPrefix,
    @DefaultValue Map<String, String> properties,
    @DefaultValue("8") int partitions,
    @DefaultValue("1") short replication) {

  /// @throws StartException naming every impossible value
  public KafkaConnection {
    properties = Map.copyOf(properties);
    Check check = new Check("modgate.kafka");
    KafkaSettings.problems(properties)
        .forEach((key, fault) -> check.that(false, "properties." + key, "can't be used: " + fault));
    check
        .that(!bootstrapServers.isBlank(), "bootstrap-servers", "is blank, want host:port")
        .that(
            KafkaSettings.isPrefix(topicPrefix),
            "topic-prefix",
            "is "
                + Quoted.of(topicPrefix)
                + ", want at most 100 letters, digits, \".\", \"_\", \"-\"")
        .number("partitions", partitions, 1, 10_000)
        .that(
            replication == -1 || replication >= 1,
            "replication",
            "is " + replication + ", want 1 or more, or -1")
        .end();
  }

  public KafkaSettings settings() {
    return new KafkaSettings(bootstrapServers, topicPrefix, properties);
  }

  /// Without the properties' values.
  @Override
  public String toString() {
    return settings().toString();
  }
}
