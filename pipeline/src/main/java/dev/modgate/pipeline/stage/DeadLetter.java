package dev.modgate.pipeline.stage;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/// The form of a dead letter: the key of the record it is about, the first [#MAX_VALUE] bytes of
/// its value, and these headers, all text. The whole record lies where the origin headers say, as
/// long as its topic keeps it.
public final class DeadLetter {
  /// The exception's class and message, at most [#MAX_CAUSE] characters.
  public static final String CAUSE = "modgate-cause";

  /// At most [#MAX_STACK] characters.
  public static final String STACK = "modgate-stack";

  public static final String ORIGIN_TOPIC = "modgate-topic";
  public static final String ORIGIN_PARTITION = "modgate-partition";
  public static final String ORIGIN_OFFSET = "modgate-offset";

  /// Bytes of the whole value.
  public static final String VALUE_SIZE = "modgate-value-size";

  /// The consumer group whose code it broke.
  public static final String GROUP = "modgate-group";

  /// Of a record that was sent again from a dead letter: that letter's id. Where it dies again, the
  /// new letter has it too.
  public static final String RETRY_OF = "modgate-retry-of";

  public static final int MAX_VALUE = 8 * 1024;
  public static final int MAX_CAUSE = 1024;
  public static final int MAX_STACK = 8 * 1024;
  private static final int MAX_ID = 40;

  private DeadLetter() {}

  static ProducerRecord<byte[], byte[]> of(
      String topic,
      String group,
      String traceParent,
      ConsumerRecord<byte[], byte[]> record,
      Throwable cause) {
    var headers =
        new ArrayList<Header>(
            List.of(
                text(CAUSE, shortened(cause.toString(), MAX_CAUSE)),
                text(STACK, shortened(stackOf(cause), MAX_STACK)),
                text(ORIGIN_TOPIC, record.topic()),
                text(ORIGIN_PARTITION, String.valueOf(record.partition())),
                text(ORIGIN_OFFSET, String.valueOf(record.offset())),
                text(
                    VALUE_SIZE, String.valueOf(record.value() == null ? 0 : record.value().length)),
                text(GROUP, group),
                text(TraceParent.HEADER, traceParent)));
    retryOf(record.headers()).ifPresent(headers::add);
    return new ProducerRecord<>(
        topic, null, null, beginning(record.key()), beginning(record.value()), headers);
  }

  /// What says that a record was sent again from a dead letter; where nothing sensible does, empty.
  public static Optional<Header> retryOf(Headers headers) {
    return Optional.ofNullable(headers.lastHeader(RETRY_OF))
        .filter(header -> header.value() != null && header.value().length <= MAX_ID);
  }

  static String shortened(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max - 1) + "…";
  }

  private static byte @Nullable [] beginning(byte @Nullable [] value) {
    return value == null || value.length <= MAX_VALUE ? value : Arrays.copyOf(value, MAX_VALUE);
  }

  private static String stackOf(Throwable cause) {
    var out = new StringWriter();
    cause.printStackTrace(new PrintWriter(out));
    return out.toString();
  }

  private static Header text(String key, String value) {
    return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
  }
}
