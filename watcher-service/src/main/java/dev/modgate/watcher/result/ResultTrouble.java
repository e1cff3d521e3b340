package dev.modgate.watcher.result;

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
  private final Map<TopicPartition, String> held =
      new ConcurrentSkipListMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
  private volatile boolean failing;

  /// One for each partition that is held back, and one while results fail; empty while all is well.
  public List<String> sentences() {
    var sentences = new ArrayList<String>();
    if (failing) {
      sentences.add("results can't be taken now, and are tried again; the log says why");
    }
    sentences.addAll(held.values());
    return sentences;
  }

  /// @return whether this is news
  boolean failing(boolean now) {
    boolean news = failing != now;
    failing = now;
    return news;
  }

  /// @return whether this is news
  boolean hold(TopicPartition partition, String sentence) {
    return !sentence.equals(held.put(partition, sentence));
  }

  void goesOn(TopicPartition partition) {
    held.remove(partition);
  }

  /// Whoever gets them looks for himself.
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    held.keySet().removeAll(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // they are read first
  }
}
