package dev.modgate.watcher.letter;

import dev.modgate.pipeline.event.Topic;
import dev.modgate.watcher.result.Results;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.transaction.support.TransactionTemplate;

/// Keeps the dead letters of a poll in the index, and commits them when the database has them. What
/// fails is thrown, and the container hands the same records over again, for ever; only a letter
/// that the database refuses is left out, with a line in the log: it lies in its topic.
final class LetterListener implements BatchConsumerAwareMessageListener<byte[], byte[]> {
  /// The consumer group, after the prefix of the topics.
  static final String GROUP = "watcher-letters";

  private static final Logger LOG = LoggerFactory.getLogger(LetterListener.class);

  private final LetterRows rows;
  private final TransactionTemplate transaction;
  private final Results results;
  private final String topicPrefix;

  LetterListener(
      LetterRows rows, TransactionTemplate transaction, Results results, String topicPrefix) {
    this.rows = rows;
    this.transaction = transaction;
    this.results = results;
    this.topicPrefix = topicPrefix;
  }

  /// The topics that it reads.
  static List<String> topics(String topicPrefix) {
    return Arrays.stream(Topic.values()).map(topic -> topic.deadLetterName(topicPrefix)).toList();
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> ofContainer) {
    Consumer<?, ?> consumer = Objects.requireNonNull(ofContainer);
    List<Letter> letters = records.stream().map(one -> Letter.of(one, topicPrefix)).toList();
    keep(letters);
    letters.forEach(this::answer);
    Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> one : records) {
      done.put(
          new TopicPartition(one.topic(), one.partition()),
          new OffsetAndMetadata(one.offset() + 1));
    }
    done.keySet().retainAll(consumer.assignment());
    try {
      consumer.commitSync(done);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.debug("who gets these partitions keeps the same letters again", e);
    }
  }

  private void answer(Letter letter) {
    LetterAnswer.of(letter, topicPrefix)
        .ifPresent(answer -> {
          try {
            results.apply(List.of(answer));
          } catch (DataIntegrityViolationException e) {
            LOG.error("dead letter at {} is answered to nobody", letter.place(), e);
          }
        });
  }

  private void keep(List<Letter> letters) {
    try {
      transaction.executeWithoutResult(_ -> letters.forEach(rows::keep));
    } catch (DuplicateKeyException e) {
      throw e; // another watcher kept the same one at this moment
    } catch (DataIntegrityViolationException e) {
      if (letters.size() > 1) {
        letters.forEach(one -> keep(List.of(one)));
      } else {
        LOG.error("dead letter at {} is not in the index", letters.getFirst().place(), e);
      }
    }
  }
}
