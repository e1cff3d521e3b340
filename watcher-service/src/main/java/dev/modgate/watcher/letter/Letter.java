package dev.modgate.watcher.letter;

import dev.modgate.pipeline.event.Topic;
import dev.modgate.pipeline.stage.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/// What a record of a `.dlt` topic says. Anybody who may write to the broker may have written it:
/// every text is cut, and what is no number, or none of our topics, is absent.
///
/// @param place where the letter itself lies
/// @param stage fetch, verify, publish, watcher or unknown
/// @param origin where the whole record lay
/// @param valueStart at most 8 KiB
/// @param valueSize of the whole value, in bytes
/// @param retryOf the letter whose record this was
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Letter(
    Place place,
    Instant diedAt,
    String stage,
    String group,
    String cause,
    String stack,
    Optional<Place> origin,
    byte @Nullable [] key,
    byte @Nullable [] valueStart,
    long valueSize,
    OptionalLong retryOf) {
  private static final Map<String, String> STAGES =
      Map.of(
          "fetcher", "fetch",
          "verifier", "verify",
          "publisher", "publish",
          "publisher-notes", "publish",
          "watcher", "watcher");
  private static final String UNKNOWN = "unknown";
  private static final int MAX_GROUP = 255;

  /// Where a record lies.
  record Place(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + "-" + partition + "@" + offset;
    }
  }

  static Letter of(ConsumerRecord<byte[], byte[]> read, String topicPrefix) {
    String group = text(read, DeadLetter.GROUP, MAX_GROUP).orElse(UNKNOWN);
    byte @Nullable [] value = read.value();
    long whole = number(read, DeadLetter.VALUE_SIZE).orElse(value == null ? 0 : value.length);
    return new Letter(
        new Place(read.topic(), read.partition(), read.offset()),
        Instant.ofEpochMilli(Math.max(0, read.timestamp())),
        stage(group, topicPrefix),
        group,
        text(read, DeadLetter.CAUSE, DeadLetter.MAX_CAUSE).orElse("no cause is given"),
        text(read, DeadLetter.STACK, DeadLetter.MAX_STACK).orElse(""),
        origin(read, topicPrefix),
        start(read.key()),
        start(value),
        whole,
        number(read, DeadLetter.RETRY_OF));
  }

  /// Whether letters can be of it.
  static boolean isStage(String text) {
    return text.equals(UNKNOWN) || STAGES.containsValue(text);
  }

  CauseForm causeForm() {
    return CauseForm.of(stage, cause);
  }

  /// The topic of ours with this name.
  static Optional<Topic> topic(String name, String topicPrefix) {
    return Arrays.stream(Topic.values())
        .filter(topic -> topic.name(topicPrefix).equals(name))
        .findFirst();
  }

  private static String stage(String group, String topicPrefix) {
    return group.startsWith(topicPrefix)
        ? STAGES.getOrDefault(group.substring(topicPrefix.length()), UNKNOWN)
        : UNKNOWN;
  }

  private static Optional<Place> origin(ConsumerRecord<byte[], byte[]> read, String topicPrefix) {
    Optional<String> topic =
        text(read, DeadLetter.ORIGIN_TOPIC, MAX_GROUP)
            .filter(name -> topic(name, topicPrefix).isPresent());
    OptionalLong partition = number(read, DeadLetter.ORIGIN_PARTITION);
    OptionalLong offset = number(read, DeadLetter.ORIGIN_OFFSET);
    return topic.isPresent()
            && partition.isPresent()
            && partition.getAsLong() <= Integer.MAX_VALUE
            && offset.isPresent()
        ? Optional.of(new Place(topic.get(), (int) partition.getAsLong(), offset.getAsLong()))
        : Optional.empty();
  }

  private static byte @Nullable [] start(byte @Nullable [] bytes) {
    return bytes == null || bytes.length <= DeadLetter.MAX_VALUE
        ? bytes
        : Arrays.copyOf(bytes, DeadLetter.MAX_VALUE);
  }

  /// Without U+0000, which PostgreSQL refuses.
  private static Optional<String> text(ConsumerRecord<byte[], byte[]> read, String name, int most) {
    Header header = read.headers().lastHeader(name);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    String text = new String(header.value(), StandardCharsets.UTF_8).replace('\0', '\ufffd');
    return Optional.of(text.length() <= most ? text : text.substring(0, most));
  }

  /// Not negative.
  private static OptionalLong number(ConsumerRecord<byte[], byte[]> read, String name) {
    Optional<String> text = text(read, name, 40).filter(digits -> digits.matches("[0-9]{1,18}"));
    return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
  }

  /// What a letter is.
  enum State {
    LETTER,
    RETRIED,
    DISCARDED;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
