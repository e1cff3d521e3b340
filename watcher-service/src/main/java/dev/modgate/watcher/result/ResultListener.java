package dev.modgate.watcher.result;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/// Hands the records of a poll to [Results]. What can't be read goes to the dead letters; whatever
/// else fails is thrown, and the container hands the same records over again.
public final class ResultListener implements BatchMessageListener<String, byte[]> {
  /// The consumer group, after the prefix of the topics.
  public static final String GROUP = "watcher";

  private static final Logger LOG = LoggerFactory.getLogger(ResultListener.class);
  private static final int MOST_BYTES_KEPT = 8 * 1024;

  private final Results results;
  private final Supplier<Producer<String, byte[]>> deadLetters;
  private final String topicPrefix;

  public ResultListener(
      Results results, Supplier<Producer<String, byte[]>> deadLetters, String topicPrefix) {
    this.results = results;
    this.deadLetters = deadLetters;
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
  public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
    var events = new ArrayList<ModuleEvent>(records.size());
    for (ConsumerRecord<String, byte[]> one : records) {
      try {
        events.add(EventJson.read(topic(one).eventType(), one.value()));
      } catch (UnreadableEventException e) {
        bury(one, e);
      }
    }
    if (!events.isEmpty()) {
      results.apply(events);
    }
  }

  private Topic topic(ConsumerRecord<String, byte[]> one) {
    return topics().stream()
        .filter(topic -> topic.name(topicPrefix).equals(one.topic()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such topic: " + one.topic()));
  }

  private void bury(ConsumerRecord<String, byte[]> one, UnreadableEventException why) {
    String origin = one.topic() + "-" + one.partition() + "@" + one.offset();
    LOG.error("dead letter: {}: {}", origin, why.getMessage());
    byte[] value = one.value() == null ? new byte[0] : one.value();
    var letter =
        new ProducerRecord<>(
            topic(one).deadLetterName(topicPrefix),
            one.key(),
            java.util.Arrays.copyOf(value, Math.min(value.length, MOST_BYTES_KEPT)));
    letter.headers().add("origin", origin.getBytes(StandardCharsets.UTF_8));
    letter
        .headers()
        .add("cause", String.valueOf(why.getMessage()).getBytes(StandardCharsets.UTF_8));
    try {
      deadLetters.get().send(letter).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("dead letter of " + origin + " was not taken", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
