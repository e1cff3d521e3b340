package dev.modgate.watcher.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/// What topics forget soon, by the ages that they are set to.
record Expiry(Duration limit) {

  /// For each partition the offset before which records have reached three quarters of their
  /// topic's retention; none for a topic that keeps all, or whose settings nobody may see.
  Map<TopicPartition, Long> expiring(
      Admin admin, Set<TopicPartition> partitions, Map<TopicPartition, ListOffsetsResultInfo> ends)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, Long> retention = retention(admin, partitions);
    long now = System.currentTimeMillis(); // as the broker's, which forgets by it
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long keeps = retention.getOrDefault(partition.topic(), -1L);
      if (keeps > 0) {
        asked.put(partition, OffsetSpec.forTimestamp(Math.max(0, now - keeps / 4 * 3)));
      }
    }
    Map<TopicPartition, Long> old = new HashMap<>();
    for (var found : get(admin.listOffsets(asked).all()).entrySet()) {
      ListOffsetsResultInfo end = ends.get(found.getKey());
      long offset = found.getValue().offset(); // -1 where all are older
      old.put(found.getKey(), offset >= 0 ? offset : end == null ? 0 : end.offset());
    }
    return old;
  }

  private Map<String, Long> retention(Admin admin, Set<TopicPartition> partitions)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<ConfigResource> topics =
        partitions.stream()
            .map(partition -> new ConfigResource(ConfigResource.Type.TOPIC, partition.topic()))
            .collect(Collectors.toSet());
    Map<String, Long> retention = new HashMap<>();
    try {
      for (Map.Entry<ConfigResource, Config> one :
          get(admin.describeConfigs(topics).all()).entrySet()) {
        var millis = one.getValue().get(TopicConfig.RETENTION_MS_CONFIG);
        if (millis != null && millis.value() != null) {
          retention.put(one.getKey().name(), Long.valueOf(millis.value()));
        }
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
    }
    return retention;
  }

  private <T> T get(KafkaFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
