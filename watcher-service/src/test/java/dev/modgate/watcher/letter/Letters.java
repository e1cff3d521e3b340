package dev.modgate.watcher.letter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.pipeline.stage.DeadLetter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/// Records of `.dlt` topics, as stages write them.
final class Letters {
  static final TopicPartition FETCHED = new TopicPartition("m.module-fetched.dlt", 0);
  static final long AT = 1_750_000_000_000L;

  private Letters() {}

  /// A letter of the verifier at this offset, about a record at the same one.
  static ConsumerRecord<byte[], byte[]> letter(long offset, String cause, Object... more) {
    var headers = new RecordHeaders();
    put(headers, DeadLetter.CAUSE, cause);
    put(headers, DeadLetter.STACK, cause + "\n\tat somewhere");
    put(headers, DeadLetter.ORIGIN_TOPIC, "m.module-fetched");
    put(headers, DeadLetter.ORIGIN_PARTITION, 3);
    put(headers, DeadLetter.ORIGIN_OFFSET, offset);
    put(headers, DeadLetter.VALUE_SIZE, 5);
    put(headers, DeadLetter.GROUP, "m.verifier");
    for (int i = 0; i < more.length; i += 2) {
      headers.remove(more[i].toString());
      put(headers, more[i].toString(), more[i + 1]);
    }
    return record(offset, AT, headers, "key".getBytes(UTF_8), "value".getBytes(UTF_8));
  }

  @SuppressWarnings("NullAway") // as Kafka does for a tombstone
  static ConsumerRecord<byte[], byte[]> record(
      long offset, long at, Headers headers, byte @Nullable [] key, byte @Nullable [] value) {
    return new ConsumerRecord<>(
        FETCHED.topic(),
        FETCHED.partition(),
        offset,
        at,
        TimestampType.CREATE_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }

  private static void put(Headers headers, String name, Object value) {
    headers.add(name, value.toString().getBytes(UTF_8));
  }

  static LetterViews.Filter all() {
    return new LetterViews.Filter(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static LetterRows.Selection every() {
    return new LetterRows.Selection(List.of(), Optional.empty(), 0, Long.MAX_VALUE);
  }
}
