package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.event.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the topics of the pipeline.
public final class Topics {
  /// Where there are several brokers.
  public static final int DEFAULT_PARTITIONS = 24;

  /// Where there is one.
  public static final int ONE_BROKER_PARTITIONS = 8;

  private static final String SEVEN_DAYS = String.valueOf(7L * 24 * 60 * 60 * 1000);
  private static final String ONE_HOUR = String.valueOf(60L * 60 * 1000);

  /// The newest status of each instance, and nothing of one that said nothing for an hour: who
  /// lives says something every few seconds, who was killed can't say goodbye. Only a segment that
  /// is closed is cleaned up, so they are closed within the hour too.
  private static final Map<String, String> STATUS =
      Map.of("cleanup.policy", "compact,delete", "retention.ms", ONE_HOUR, "segment.ms", ONE_HOUR);

  /// What Kafka says of host names that nobody knows, which may be known a minute later.
  private static final String NOT_RESOLVED = "No resolvable bootstrap urls";

  private Topics() {}

  /// Creates what is missing; existing topics stay as they are. Dead letters, status and commands
  /// have one partition.
  ///
  /// @throws KafkaUnavailableException when the broker does not answer, or refuses; naming it
  /// @throws ConfigException when a property or the address can't be: no waiting helps
  public static void ensure(KafkaSettings kafka, int partitions, short replication)
      throws KafkaUnavailableException, InterruptedException {
    try (var admin = Admin.create(kafka.clientProperties())) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          all(kafka, partitions, replication).stream()
              .filter(topic -> !existing.contains(topic.name()))
              .toList();
      for (var created : admin.createTopics(missing).values().values()) {
        try {
          created.get();
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof TopicExistsException)) { // another process was first
            throw e;
          }
        }
      }
    } catch (ExecutionException e) {
      throw unavailable(kafka, "did not create the topics", e);
    } catch (KafkaException e) { // a name that does not resolve yet
      Optional<ConfigException> impossible = impossible(e);
      if (impossible.isPresent()) {
        throw impossible.get();
      }
      throw unavailable(kafka, "can't be asked", e);
    }
  }

  /// The setting that is to blame; empty where waiting may help.
  static Optional<ConfigException> impossible(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConfigException config
          && !String.valueOf(config.getMessage()).startsWith(NOT_RESOLVED)) {
        return Optional.of(config);
      }
    }
    return Optional.empty();
  }

  private static List<NewTopic> all(KafkaSettings kafka, int partitions, short replication) {
    var topics = new ArrayList<NewTopic>();
    Map<String, String> kept = Map.of("retention.ms", SEVEN_DAYS);
    for (Topic topic : Topic.values()) {
      topics.add(new NewTopic(kafka.topic(topic), partitions, replication).configs(kept));
      topics.add(
          new NewTopic(topic.deadLetterName(kafka.topicPrefix()), 1, replication).configs(kept));
    }
    topics.add(new NewTopic(kafka.statusTopic(), 1, replication).configs(STATUS));
    topics.add(new NewTopic(kafka.commandTopic(), 1, replication).configs(kept));
    return topics;
  }

  private static KafkaUnavailableException unavailable(
      KafkaSettings kafka, String what, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new KafkaUnavailableException(
        "kafka at \"" + kafka.bootstrapServers() + "\" " + what + ": " + cause.getMessage(), e);
  }
}
