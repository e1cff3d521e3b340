package dev.modgate.pipeline.stage;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/// How to reach Kafka.
///
/// @param bootstrapServers `host:port`, several with commas
/// @param topicPrefix stands before every topic name, [Topic#DEFAULT_PREFIX] by default
/// @param properties handed to every Kafka client as they are (`security.protocol` and the like);
///   they may hold secrets, so they are never logged
public record KafkaSettings(
    String bootstrapServers, String topicPrefix, Map<String, String> properties) {
  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrap servers are empty: want \"host:port\"");
    }
    if (!isPrefix(topicPrefix)) {
      throw new IllegalArgumentException(
          "topic prefix "
              + Quoted.of(topicPrefix)
              + " is not of letters, digits, \".\", \"_\", \"-\"");
    }
    properties = Map.copyOf(properties);
  }

  /// Whether topics can be named so.
  public static boolean isPrefix(String text) {
    return text.matches("[a-zA-Z0-9._-]{0,100}");
  }

  /// What Kafka's own rules say against properties, by their keys: values that can't be. Whatever
  /// Kafka does not know passes, and so do values that are only wrong together.
  public static Map<String, String> problems(Map<String, String> properties) {
    Map<String, String> problems = new TreeMap<>();
    for (ConfigDef rules :
        List.of(
            AdminClientConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef())) {
      for (ConfigValue value : rules.validate(properties)) {
        if (properties.containsKey(value.name()) && !value.errorMessages().isEmpty()) {
          ConfigDef.ConfigKey key = rules.configKeys().get(value.name());
          boolean secret = key == null || key.type == ConfigDef.Type.PASSWORD;
          problems.put(value.name(), secret ? "not allowed" : value.errorMessages().getFirst());
        }
      }
    }
    return problems;
  }

  /// For a broker without authentication and the default topic names.
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(bootstrapServers, Topic.DEFAULT_PREFIX, Map.of());
  }

  public String topic(Topic topic) {
    return topic.name(topicPrefix);
  }

  /// The compacted topic in which every stage instance keeps its [StageStatus].
  public String statusTopic() {
    return topicPrefix + "stage-status";
  }

  /// The topic of commands to the stages.
  public String commandTopic() {
    return topicPrefix + "stage-command";
  }

  /// What every Kafka client is made with: address and [#properties]. Holds secrets.
  public Map<String, Object> clientProperties() {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }

  /// What every producer of ours is made with, besides: all brokers that must have a record have it
  /// before it counts as sent.
  ///
  /// Not idempotent: an idempotent producer whose first batch meets a partition that has no leader
  /// yet (a topic just made, a broker just started) may see its second batch taken first, and the
  /// first one refused as out of order for the whole delivery timeout. Here records may come twice
  /// and in any order; late they may not.
  public Map<String, Object> producerProperties() {
    Map<String, Object> all = clientProperties();
    all.put("acks", "all");
    all.put("enable.idempotence", "false");
    all.put("max.block.ms", 10_000);
    return all;
  }

  /// Without the properties' values.
  @Override
  public String toString() {
    return "KafkaSettings["
        + bootstrapServers
        + ", prefix \""
        + topicPrefix
        + "\", properties "
        + properties.keySet()
        + "]";
  }
}
