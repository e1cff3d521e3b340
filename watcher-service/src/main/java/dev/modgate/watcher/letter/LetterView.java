package dev.modgate.watcher.letter;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dead letter as the API shows it. Cause, stack, key and value are what others wrote.
///
/// @param stage fetch, verify, publish, watcher or unknown
/// @param group the consumer group whose code it broke
/// @param causeKey names those alike
/// @param key as text
/// @param valueSize of the whole value, in bytes
/// @param state letter, retried or discarded
/// @param changedBy who retried or discarded it
/// @param sentence how it was retried, or why it could not be
/// @param retryOf the letter whose record was sent again and died again
/// @param retries how often the record was sent again before it died
/// @param content not in lists
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterView(
    long id,
    Instant diedAt,
    String stage,
    String group,
    String cause,
    String causeKey,
    @Nullable Origin origin,
    @Nullable String key,
    long valueSize,
    String state,
    @Nullable Instant changedAt,
    @Nullable String changedBy,
    @Nullable String sentence,
    @Nullable Long retryOf,
    int retries,
    @Nullable Content content) {

  /// Where the whole record lay.
  record Origin(String topic, int partition, long offset) {}

  /// @param value the first 8 KiB as text; what is no UTF-8 shows as U+FFFD
  /// @param valueBase64 the same bytes
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Content(String stack, @Nullable String value, @Nullable String valueBase64) {}

  /// The newest first.
  ///
  /// @param next what the next page begins after; null on the last one
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(List<LetterView> letters, @Nullable String next) {
    Page {
      letters = List.copyOf(letters);
    }
  }

  /// Letters that differ in their items alone.
  ///
  /// @param form the cause, with `_` in place of what differs
  /// @param open those that wait for somebody
  record Cause(
      String key,
      String stage,
      String form,
      long open,
      long retried,
      long discarded,
      Instant firstSeen,
      Instant lastSeen) {}
}
