package dev.modgate.watcher.result;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.event.UnknownEventVersionException;
import dev.modgate.pipeline.event.UnreadableEventException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// What the records of one poll say: those of each partition up to the first that newer code wrote.
///
/// @param answers in the order of the records
/// @param next the offset after the last record of each partition that is one of these
/// @param held where a partition can't go on before this code is upgraded
record Poll(
    List<Answer> answers,
    List<Dead> unreadable,
    Map<TopicPartition, Long> next,
    Map<TopicPartition, Held> held) {

  record Answer(ConsumerRecord<String, byte[]> from, ModuleEvent event) {}

  /// What goes to the dead letters.
  record Dead(ConsumerRecord<String, byte[]> from, Throwable cause) {}

  record Held(long offset, String sentence) {}

  static Poll of(List<ConsumerRecord<String, byte[]>> records, String topicPrefix) {
    var poll =
        new Poll(
            new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    for (ConsumerRecord<String, byte[]> one : records) {
      var partition = new TopicPartition(one.topic(), one.partition());
      if (!poll.held.containsKey(partition)) {
        poll.add(one, partition, topicPrefix);
      }
    }
    return poll;
  }

  private void add(
      ConsumerRecord<String, byte[]> one, TopicPartition partition, String topicPrefix) {
    try {
      answers.add(new Answer(one, read(one, topicPrefix)));
    } catch (UnreadableEventException e) {
      unreadable.add(new Dead(one, e));
    } catch (UnknownEventVersionException e) {
      String sentence = "results wait: " + partition + "@" + one.offset() + ": " + e.getMessage();
      held.put(partition, new Held(one.offset(), sentence));
      return;
    }
    next.put(partition, one.offset() + 1);
  }

  private static ModuleEvent read(ConsumerRecord<String, byte[]> one, String topicPrefix)
      throws UnreadableEventException {
    byte[] value = one.value();
    if (value == null) {
      throw new UnreadableEventException("record has no value");
    }
    return EventJson.read(topic(one, topicPrefix).eventType(), value);
  }

  static Topic topic(ConsumerRecord<?, ?> one, String topicPrefix) {
    return ResultListener.topics().stream()
        .filter(topic -> topic.name(topicPrefix).equals(one.topic()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no such topic: " + one.topic()));
  }
}
