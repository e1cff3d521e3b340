package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The offsets of the partitions that this instance has. For the poll thread.
final class Commits {
  private static final Logger log = LoggerFactory.getLogger(Commits.class);

  /// What a kill may repeat of work that was done; small, because commits are cheap.
  private static final Duration EVERY = Duration.ofMillis(100);

  private static final Duration LAST_COMMIT_LIMIT = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
  private Instant next = Instant.MIN;
  private boolean stopped;

  Commits(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /// From now on nothing is committed.
  void stop() {
    stopped = true;
  }

  Map<TopicPartition, OffsetTracker> trackers() {
    return trackers;
  }

  void begin(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> trackers.put(partition, new OffsetTracker()));
  }

  void end(Collection<TopicPartition> partitions) {
    partitions.forEach(trackers::remove);
  }

  /// Where the log was cut behind what was taken (a leader that lost records), the partition begins
  /// anew: work in flight ends with the tracker that it began with, and is done again.
  ///
  /// @param offset about to be taken
  Optional<OffsetTracker> trackerFor(TopicPartition partition, long offset) {
    OffsetTracker tracker = trackers.get(partition);
    if (tracker != null && tracker.isBehind(offset)) {
      log.warn("{} went back to offset {}: its work is done again from there", partition, offset);
      tracker = new OffsetTracker();
      trackers.put(partition, tracker);
    }
    return Optional.ofNullable(tracker);
  }

  List<TopicPartition> full() {
    return trackers.entrySet().stream()
        .filter(entry -> entry.getValue().isFull())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Commits in the background, a batch at a time.
  void commitSometimes() {
    if (SteadyClock.now().isBefore(next)) {
      return;
    }
    next = SteadyClock.now().plus(EVERY);
    Map<TopicPartition, OffsetAndMetadata> due = due(trackers.keySet());
    if (due.isEmpty()) {
      return;
    }
    consumer.commitAsync(
        due,
        (offsets, failure) -> {
          if (failure != null) {
            log.debug("commit of {} is tried again", offsets, failure);
            offsets.keySet().forEach(this::commitFailed);
          }
        });
  }

  /// Commits and waits, for partitions that are about to go. A failure costs work done twice.
  void commitNow(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> due = due(partitions);
    if (due.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(due, LAST_COMMIT_LIMIT);
    } catch (KafkaException e) {
      log.warn("could not commit {}; their work is done again: {}", due, e.getMessage());
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
    if (stopped) {
      return due;
    }
    for (TopicPartition partition : partitions) {
      OffsetTracker tracker = trackers.get(partition);
      OptionalLong position = tracker == null ? OptionalLong.empty() : tracker.toCommit();
      if (tracker != null && position.isPresent()) {
        tracker.committing(position.getAsLong());
        due.put(partition, new OffsetAndMetadata(position.getAsLong()));
      }
    }
    return due;
  }

  private void commitFailed(TopicPartition partition) {
    OffsetTracker tracker = trackers.get(partition);
    if (tracker != null) {
      tracker.commitFailed();
    }
  }
}
