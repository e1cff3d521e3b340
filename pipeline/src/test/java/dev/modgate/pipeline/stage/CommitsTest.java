package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommitsTest {
  private static final TopicPartition PARTITION = new TopicPartition("requested", 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Commits commits = new Commits(consumer);

  @Test
  void aLogThatWasCutBeginsAnewFromWhereItIsRead() {
    own();
    OffsetTracker before = commits.trackerFor(PARTITION, 10).orElseThrow();
    before.taken(10);
    before.taken(11);

    OffsetTracker after = commits.trackerFor(PARTITION, 7).orElseThrow();
    after.taken(7);
    before.done(11); // ends in its own time, and moves nothing
    after.done(7);
    commits.commitNow(List.of(PARTITION));

    assertThat(consumer.committed(Set.of(PARTITION)))
        .isEqualTo(Map.of(PARTITION, new OffsetAndMetadata(8)));
  }

  @Test
  void aPartitionThatWasTakenAwayHasNoTracker() {
    own();
    commits.end(List.of(PARTITION));

    assertThat(commits.trackerFor(PARTITION, 10)).isEmpty();
  }

  private void own() {
    consumer.assign(List.of(PARTITION));
    commits.begin(List.of(PARTITION));
  }
}
