package dev.modgate.watcher.result;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.watcher.database.AwayException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.transaction.TransactionException;

/// Hands the records of a poll to [Results], and commits them when the database has them.
///
/// What can't be read, and the one answer that breaks the code or that the database refuses, goes
/// to the dead letters, after the others were applied. A record that newer code wrote holds its
/// partition, and no other one. Whatever else fails is thrown, and the container hands the same
/// records over again, for ever.
public final class ResultListener implements BatchConsumerAwareMessageListener<String, byte[]> {
  /// The consumer group, after the prefix of the topics.
  public static final String GROUP = "watcher";

  private static final Logger LOG = LoggerFactory.getLogger(ResultListener.class);

  private final Results results;
  private final DeadLetters deadLetters;
  private final ResultTrouble trouble;
  private final String topicPrefix;

  public ResultListener(
      Results results,
      Supplier<Producer<String, byte[]>> deadLetters,
      ResultTrouble trouble,
      String topicPrefix) {
    this.results = results;
    this.deadLetters = new DeadLetters(deadLetters, topicPrefix);
    this.trouble = trouble;
    this.topicPrefix = topicPrefix;
  }

  /// The topics that it reads.
  public static List<Topic> topics() {
    return List.of(
        Topic.MODULE_FETCHED,
        Topic.MODULE_VERIFIED,
        Topic.MODULE_PUBLISHED,
        Topic.MODULE_REJECTED,
        Topic.MODULE_DEFERRED);
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<String, byte[]>> records, @Nullable Consumer<?, ?> ofContainer) {
    Consumer<?, ?> consumer = Objects.requireNonNull(ofContainer);
    try {
      Poll poll = Poll.of(records, topicPrefix);
      var dead = new ArrayList<>(poll.unreadable());
      dead.addAll(apply(poll.answers()));
      deadLetters.send(dead);
      commit(poll, consumer);
      hold(poll, consumer);
    } catch (RuntimeException e) {
      failed(e);
      throw e;
    }
    trouble.takes();
  }

  /// A database that is known to be away tells that itself.
  private void failed(RuntimeException e) {
    if (AwayException.reason(e).isPresent()) {
      return;
    }
    if (!(e instanceof DataAccessException
        || e instanceof TransactionException
        || e instanceof KafkaException)) {
      LOG.error("results can't be taken now, and are tried again", e); // a bug
    }
    trouble.fails(Plain.of(String.valueOf(e.getMessage())));
  }

  /// @return the answers that can't be applied, with what they break
  private List<Poll.Dead> apply(List<Poll.Answer> answers) {
    if (answers.isEmpty()) {
      return List.of();
    }
    try {
      results.apply(answers.stream().map(Poll.Answer::event).toList());
      return List.of();
    } catch (RuntimeException e) {
      if (notNow(e)) {
        throw e;
      }
      return answers.size() == 1
          ? List.of(new Poll.Dead(answers.getFirst().from(), e))
          : answers.stream().flatMap(one -> apply(List.of(one)).stream()).toList();
    }
  }

  /// Whether it is the database, and not what was to be written.
  private static boolean notNow(RuntimeException e) {
    return switch (e) {
      case DuplicateKeyException _ -> true; // another watcher wrote the same row at this moment
      case DataIntegrityViolationException _, InvalidDataAccessApiUsageException _ -> false;
      case DataAccessException _, TransactionException _ -> true;
      default -> false;
    };
  }

  private static void commit(Poll poll, Consumer<?, ?> consumer) {
    Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
    poll.next().forEach((partition, next) -> done.put(partition, new OffsetAndMetadata(next)));
    done.keySet().retainAll(consumer.assignment()); // some may have gone between two tries
    try {
      consumer.commitSync(done);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.debug("who gets these partitions applies the same results again", e);
    }
  }

  private void hold(Poll poll, Consumer<?, ?> consumer) {
    poll.next().keySet().forEach(trouble::goesOn);
    poll.held()
        .forEach((partition, held) -> {
          if (consumer.assignment().contains(partition)) {
            consumer.seek(partition, held.offset());
            consumer.pause(List.of(partition));
            if (trouble.hold(partition, held.sentence())) {
              LOG.warn("{}", held.sentence());
            }
          }
        });
  }
}
