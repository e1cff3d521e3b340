package dev.modgate.watcher.result;

import dev.modgate.watcher.pause.OwnPauses;
import dev.modgate.watcher.pause.OwnPauses.Cause;
import dev.modgate.watcher.pause.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/// Why results are not taken now, for the status. Kept by the listener's thread, read by any.
public final class ResultTrouble implements ConsumerRebalanceListener {
  /// Between two tries.
  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Map<TopicPartition, Pause> held =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
  private final OwnPauses pauses;
  private final Clock clock;

  public ResultTrouble(OwnPauses pauses, Clock clock) {
    this.pauses = pauses;
    this.clock = clock;
  }

  /// One for each partition that is held back; empty while all is well.
  public List<Pause> held() {
    return List.copyOf(held.values());
  }

  /// One for each partition that is held back, and one while results fail; empty while all is well.
  public List<String> sentences() {
    var sentences = new ArrayList<String>();
    Pause failing = pauses.of(Cause.RESULTS);
    if (failing != null) {
      sentences.add(failing.reason());
    }
    held.values().forEach(pause -> sentences.add(pause.reason()));
    return sentences;
  }

  void fails(String why) {
    pauses.lasts(
        Cause.RESULTS, "results can't be taken now, and are tried again: " + why, LONGEST_WAIT);
  }

  void takes() {
    pauses.ended(Cause.RESULTS);
  }

  /// @return whether this is news
  boolean hold(TopicPartition partition, String sentence) {
    Pause before = held.get(partition);
    if (before != null && before.reason().equals(sentence)) {
      return false;
    }
    held.put(partition, new Pause(sentence, clock.instant(), null));
    return true;
  }

  void goesOn(TopicPartition partition) {
    held.remove(partition);
  }

  /// Whoever gets them looks for himself.
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    held.keySet().removeAll(partitions);
    takes(); // a batch of others that still fails says so again
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // they are read first
  }
}
