package dev.modgate.watcher.status;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// How many records each consumer group has not committed yet.
public final class Lags implements AutoCloseable {
  private @Nullable Admin admin;
  private final KafkaSettings kafka;
  private final Duration limit;
  private final Expiry expiry;

  /// @param limit of the wait for each answer of the broker
  public Lags(KafkaSettings kafka, Duration limit) {
    this.kafka = kafka;
    this.limit = limit;
    this.expiry = new Expiry(limit);
  }

  String name(ConsumerGroup group) {
    return group.name(kafka);
  }

  /// What the broker says.
  sealed interface Answer {
    /// @param lags a group is missing where its topics do not exist yet: unknown is not zero
    /// @param expiring groups whose oldest unread record has reached three quarters of the age at
    ///   which its topic forgets it
    record Up(Map<ConsumerGroup, Long> lags, Set<ConsumerGroup> expiring) implements Answer {}

    /// @param reason one sentence
    record Down(String reason) implements Answer {}
  }

  Answer now() throws InterruptedException {
    try {
      List<TopicPartition> partitions = partitions();
      var ends = offsets(partitions, OffsetSpec.latest());
      var starts = offsets(partitions, OffsetSpec.earliest());
      var old = expiry.expiring(client(), starts.keySet(), ends);
      Map<ConsumerGroup, Long> lags = new EnumMap<>(ConsumerGroup.class);
      Set<ConsumerGroup> expiring = EnumSet.noneOf(ConsumerGroup.class);
      for (ConsumerGroup group : ConsumerGroup.values()) {
        Map<TopicPartition, Long> next = next(group, starts);
        if (!next.isEmpty()) {
          lags.put(group, lag(next, ends));
        }
        if (next.entrySet().stream()
            .anyMatch(p -> p.getValue() < old.getOrDefault(p.getKey(), 0L))) {
          expiring.add(group);
        }
      }
      return new Answer.Up(lags, expiring);
    } catch (ExecutionException e) {
      return down(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    } catch (TimeoutException e) {
      return down("nothing came within " + limit.toMillis() + " ms");
    } catch (KafkaException e) { // its name does not resolve
      return down(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    }
  }

  private synchronized Admin client() {
    Admin made = admin;
    if (made == null) {
      Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
      settings.put("client.id", "modgate-watcher-lag");
      settings.put("default.api.timeout.ms", (int) limit.toMillis());
      settings.put("request.timeout.ms", (int) limit.toMillis());
      made = Admin.create(settings);
      admin = made;
    }
    return made;
  }

  private Answer down(String why) {
    return new Answer.Down(
        "kafka at " + Quoted.of(kafka.bootstrapServers()) + " does not answer: " + why);
  }

  private List<TopicPartition> partitions()
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> topics =
        Arrays.stream(ConsumerGroup.values())
            .flatMap(group -> group.topics().stream())
            .distinct()
            .map(kafka::topic)
            .toList();
    var partitions = new ArrayList<TopicPartition>();
    for (var described : client().describeTopics(topics).topicNameValues().entrySet()) {
      try {
        get(described.getValue())
            .partitions()
            .forEach(p -> partitions.add(new TopicPartition(described.getKey(), p.partition())));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        } // not created yet
      }
    }
    return partitions;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      List<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    return get(client().listOffsets(asked).all());
  }

  private static long lag(
      Map<TopicPartition, Long> next, Map<TopicPartition, ListOffsetsResultInfo> ends) {
    long lag = 0;
    for (var one : next.entrySet()) {
      ListOffsetsResultInfo end = ends.get(one.getKey());
      lag += end == null ? 0 : Math.max(0, end.offset() - one.getValue());
    }
    return lag;
  }

  /// What the group reads next, by partition; empty where its topics do not exist.
  private Map<TopicPartition, Long> next(
      ConsumerGroup group, Map<TopicPartition, ListOffsetsResultInfo> starts)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(group.name(kafka));
    List<String> topics = group.topics().stream().map((Topic topic) -> kafka.topic(topic)).toList();
    Map<TopicPartition, Long> next = new HashMap<>();
    for (var start : starts.entrySet()) {
      if (topics.contains(start.getKey().topic())) {
        long first = start.getValue().offset();
        OffsetAndMetadata done = committed.get(start.getKey());
        next.put(start.getKey(), done == null ? first : Math.max(first, done.offset()));
      }
    }
    return next;
  }

  /// Empty for a group that nobody ever joined.
  private Map<TopicPartition, OffsetAndMetadata> committed(String group)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return get(client().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw e;
    }
  }

  private <T> T get(KafkaFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(limit);
    }
  }
}
