package dev.modgate.watcher.status;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<String, Object> settings;
  private final KafkaSettings kafka;
  private final Duration limit;
  private @Nullable Admin made;

  /// @param limit of the wait for each answer of the broker
  public Lags(KafkaSettings kafka, Duration limit) {
    this.settings = new HashMap<>(kafka.clientProperties());
    settings.put("client.id", "modgate-watcher-lag");
    settings.put("default.api.timeout.ms", (int) limit.toMillis());
    settings.put("request.timeout.ms", (int) limit.toMillis());
    this.kafka = kafka;
    this.limit = limit;
  }

  String name(ConsumerGroup group) {
    return group.name(kafka);
  }

  /// What the broker says.
  sealed interface Answer {
    /// @param lags a group is missing where its topics do not exist yet: unknown is not zero
    record Up(Map<ConsumerGroup, Long> lags) implements Answer {}

    /// @param reason one sentence
    record Down(String reason) implements Answer {}
  }

  Answer now() throws InterruptedException {
    try {
      Admin admin = admin();
      List<TopicPartition> partitions = partitions(admin);
      var ends = offsets(admin, partitions, OffsetSpec.latest());
      var starts = offsets(admin, partitions, OffsetSpec.earliest());
      Map<ConsumerGroup, Long> lags = new EnumMap<>(ConsumerGroup.class);
      for (ConsumerGroup group : ConsumerGroup.values()) {
        lag(admin, group, starts, ends).ifPresent(lag -> lags.put(group, lag));
      }
      return new Answer.Up(lags);
    } catch (ExecutionException e) {
      return down(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    } catch (TimeoutException e) {
      return down("nothing came within " + limit.toMillis() + " ms");
    } catch (KafkaException e) { // its name does not resolve
      return down(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    }
  }

  private synchronized Admin admin() {
    Admin admin = made;
    if (admin == null) {
      admin = Admin.create(settings);
      made = admin;
    }
    return admin;
  }

  private Answer down(String why) {
    return new Answer.Down(
        "kafka at " + Quoted.of(kafka.bootstrapServers()) + " does not answer: " + why);
  }

  private List<TopicPartition> partitions(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<String> topics =
        Arrays.stream(ConsumerGroup.values())
            .flatMap(group -> group.topics().stream())
            .distinct()
            .map(kafka::topic)
            .toList();
    var partitions = new ArrayList<TopicPartition>();
    for (var described : admin.describeTopics(topics).topicNameValues().entrySet()) {
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
      Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, spec));
    return get(admin.listOffsets(asked).all());
  }

  private Optional<Long> lag(
      Admin admin,
      ConsumerGroup group,
      Map<TopicPartition, ListOffsetsResultInfo> starts,
      Map<TopicPartition, ListOffsetsResultInfo> ends)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, group.name(kafka));
    List<String> topics = group.topics().stream().map((Topic topic) -> kafka.topic(topic)).toList();
    long lag = 0;
    boolean known = false;
    for (var start : starts.entrySet()) {
      ListOffsetsResultInfo end = ends.get(start.getKey());
      if (end != null && topics.contains(start.getKey().topic())) {
        known = true;
        long first = start.getValue().offset();
        OffsetAndMetadata done = committed.get(start.getKey());
        long next = done == null ? first : Math.max(first, done.offset());
        lag += Math.max(0, end.offset() - next);
      }
    }
    return known ? Optional.of(lag) : Optional.empty();
  }

  /// Empty for a group that nobody ever joined.
  private Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
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
    Admin admin = made;
    if (admin != null) {
      admin.close(limit);
    }
  }
}
