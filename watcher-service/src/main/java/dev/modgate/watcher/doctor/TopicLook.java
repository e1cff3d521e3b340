package dev.modgate.watcher.doctor;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.stage.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Whether the broker answers, and how its topics are. Asks with a client of its own each time.
final class TopicLook {
  private final KafkaSettings kafka;
  private final TopicRules rules;
  private final Duration limit;

  /// @param limit of the wait for each answer of the broker
  TopicLook(KafkaSettings kafka, Duration limit) {
    this.kafka = kafka;
    this.rules = new TopicRules(kafka);
    this.limit = limit;
  }

  List<Finding> look() throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("client.id", "modgate-watcher-doctor");
    settings.put("default.api.timeout.ms", (int) limit.toMillis());
    settings.put("request.timeout.ms", (int) limit.toMillis());
    try (var admin = new Closing(Admin.create(settings), limit)) {
      int brokers = get(admin.client().describeCluster().nodes()).size();
      var findings = new ArrayList<Finding>();
      findings.add(
          Finding.ok(
              "kafka",
              Quoted.of(kafka.bootstrapServers())
                  + " answers, "
                  + (brokers == 1 ? "1 broker" : brokers + " brokers")));
      findings.addAll(rules.judge(topics(admin.client())));
      return findings;
    } catch (ExecutionException e) {
      return down(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      return List.of(silent("nothing came within " + limit.toMillis() + " ms"));
    } catch (KafkaException e) { // its name does not resolve
      return down(e.getCause() == null ? e : e.getCause());
    }
  }

  private record Closing(Admin client, Duration limit) implements AutoCloseable {
    @Override
    public void close() {
      client.close(limit);
    }
  }

  /// Those that exist.
  private Map<String, TopicFacts> topics(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, Integer> partitions = new HashMap<>();
    for (var topic : admin.describeTopics(rules.names()).topicNameValues().entrySet()) {
      unlessUnknown(topic.getValue())
          .ifPresent(it -> partitions.put(topic.getKey(), it.partitions().size()));
    }
    List<ConfigResource> asked =
        partitions.keySet().stream()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    Map<String, TopicFacts> facts = new HashMap<>();
    for (var topic : admin.describeConfigs(asked).values().entrySet()) {
      String name = topic.getKey().name();
      int count = partitions.getOrDefault(name, 0);
      unlessUnknown(topic.getValue())
          .ifPresent(config -> facts.put(name, new TopicFacts(name, count, settings(config))));
    }
    return facts;
  }

  private static Map<String, String> settings(Config config) {
    Map<String, String> known = new HashMap<>();
    for (ConfigEntry entry : config.entries()) {
      known.put(entry.name(), String.valueOf(entry.value()));
    }
    return known;
  }

  private <T> Optional<T> unlessUnknown(KafkaFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return Optional.of(get(answer));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<Finding> down(Throwable why) {
    return List.of(silent(Plain.of(why.toString())));
  }

  private Finding silent(String why) {
    return Finding.problem(
        "kafka",
        Quoted.of(kafka.bootstrapServers()) + " does not answer: " + why,
        "see that the broker runs, and that modgate.kafka names it; meanwhile everyone waits, and"
            + " nothing is lost");
  }

  private <T> T get(KafkaFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
