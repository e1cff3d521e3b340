package dev.modgate.watcher.status;

import dev.modgate.pipeline.stage.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// How many records a consumer group has not committed yet.
public final class Lags implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Admin admin;

  public Lags(KafkaSettings kafka) {
    Map<String, Object> settings = new HashMap<>(kafka.clientProperties());
    settings.put("client.id", "modgate-watcher-lag");
    settings.put("default.api.timeout.ms", (int) LIMIT.toMillis());
    settings.put("request.timeout.ms", (int) LIMIT.toMillis());
    this.admin = Admin.create(settings);
  }

  /// Empty where the broker does not answer: unknown is not zero.
  OptionalLong of(String group, String topic) throws InterruptedException {
    try {
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      var descriptions =
          admin.describeTopics(java.util.List.of(topic)).allTopicNames().get(3, TimeUnit.SECONDS);
      for (var description : descriptions.values()) {
        for (var partition : description.partitions()) {
          ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(3, TimeUnit.SECONDS);
      var latest = admin.listOffsets(ends).all().get(3, TimeUnit.SECONDS);
      long lag = 0;
      for (var end : latest.entrySet()) {
        OffsetAndMetadata done = committed.get(end.getKey());
        lag += Math.max(0, end.getValue().offset() - (done == null ? 0 : done.offset()));
      }
      return OptionalLong.of(lag);
    } catch (ExecutionException | TimeoutException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    admin.close(LIMIT);
  }
}
