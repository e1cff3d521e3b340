package dev.modgate.watcher.letter;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Writes the `dead_letter` table.
final class LetterRows {
  private static final int MOST_NAME = 200;

  private final JdbcTemplate jdbc;

  LetterRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// How many wait for somebody.
  long open() {
    Long open =
        jdbc.queryForObject("select count(*) from dead_letter where state = 'letter'", Long.class);
    return open == null ? 0 : open;
  }

  /// Keeps a letter; one that is known already stays as it is.
  ///
  /// @return whether it is new
  boolean keep(Letter letter) {
    Letter.Place place = letter.place();
    Integer known =
        jdbc.queryForObject(
            "select count(*) from dead_letter where dlt_topic = ? and dlt_partition = ?"
                + " and dlt_offset = ? and died_at = ?",
            Integer.class,
            place.topic(),
            place.partition(),
            place.offset(),
            ModuleRows.time(letter.diedAt()));
    if (known != null && known > 0) {
      return false;
    }
    Optional<Earlier> earlier = earlier(letter);
    CauseForm form = letter.causeForm();
    jdbc.update(
        "insert into dead_letter (dlt_topic, dlt_partition, dlt_offset, died_at, stage, group_id,"
            + " cause, cause_key, cause_form, stack, origin_topic, origin_partition, origin_offset,"
            + " record_key, value_start, value_size, state, retry_of, retries)"
            + " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'letter',?,?)",
        place.topic(),
        place.partition(),
        place.offset(),
        ModuleRows.time(letter.diedAt()),
        letter.stage(),
        letter.group(),
        letter.cause(),
        form.key(),
        form.text(),
        letter.stack(),
        letter.origin().map(Letter.Place::topic).orElse(null),
        letter.origin().map(Letter.Place::partition).orElse(null),
        letter.origin().map(Letter.Place::offset).orElse(null),
        base64(letter.key()),
        base64(letter.valueStart()),
        letter.valueSize(),
        earlier.map(Earlier::id).orElse(null),
        earlier.map(one -> one.retries() + 1).orElse(0));
    return true;
  }

  private record Earlier(long id, int retries) {}

  /// Only one that is known: the header may be anybody's.
  private Optional<Earlier> earlier(Letter letter) {
    return letter.retryOf().isEmpty()
        ? Optional.empty()
        : jdbc
            .query(
                "select id, retries from dead_letter where id = ?",
                (row, _) -> new Earlier(row.getLong(1), row.getInt(2)),
                letter.retryOf().getAsLong())
            .stream()
            .findFirst();
  }

  /// A letter that somebody decides about.
  ///
  /// @param key whole up to 8 KiB
  /// @param valueStart whole up to 8 KiB
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Open(
      long id,
      Optional<Letter.Place> origin,
      byte @Nullable [] key,
      byte @Nullable [] valueStart,
      long valueSize) {
    /// Whether [#valueStart] is all of it.
    boolean isWhole() {
      byte[] start = valueStart;
      return (start == null ? 0 : start.length) == valueSize;
    }
  }

  /// Which letters.
  ///
  /// @param ids empty for all
  /// @param cause its key
  /// @param after and above
  /// @param upTo the last one
  record Selection(List<Long> ids, Optional<String> cause, long after, long upTo) {
    Selection {
      ids = List.copyOf(ids);
    }
  }

  /// The next open letters, without a lock.
  List<Long> next(Selection selection, int most) {
    var where = new StringBuilder("state = 'letter' and id > ? and id <= ?");
    var arguments = new ArrayList<Object>(List.of(selection.after(), selection.upTo()));
    if (!selection.ids().isEmpty()) {
      where.append(" and id in (").append("?,".repeat(selection.ids().size() - 1)).append("?)");
      arguments.addAll(selection.ids());
    }
    selection
        .cause()
        .ifPresent(cause -> {
          where.append(" and cause_key = ?");
          arguments.add(cause);
        });
    return jdbc.queryForList(
        "select id from dead_letter where " + where + " order by id limit " + most,
        Long.class,
        arguments.toArray());
  }

  long newest() {
    Long newest = jdbc.queryForObject("select max(id) from dead_letter", Long.class);
    return newest == null ? 0 : newest;
  }

  /// Locks one that is still open.
  Optional<Open> lock(long id) {
    return jdbc
        .query(
            "select id, origin_topic, origin_partition, origin_offset, record_key, value_start,"
                + " value_size from dead_letter where id = ? and state = 'letter' for update",
            (row, _) -> open(row),
            id)
        .stream()
        .findFirst();
  }

  void change(long id, Letter.State state, String by, String sentence, Instant now) {
    jdbc.update(
        "update dead_letter set state = ?, changed_at = ?, changed_by = ?, sentence = ?"
            + " where id = ?",
        state.wireName(),
        ModuleRows.time(now),
        by.length() <= MOST_NAME ? by : by.substring(0, MOST_NAME),
        StoredSentence.of(sentence),
        id);
  }

  /// It stays a letter.
  void stays(long id, String why) {
    jdbc.update("update dead_letter set sentence = ? where id = ?", StoredSentence.of(why), id);
  }

  private static Open open(ResultSet row) throws SQLException {
    String topic = row.getString("origin_topic");
    return new Open(
        row.getLong("id"),
        topic == null
            ? Optional.empty()
            : Optional.of(
                new Letter.Place(
                    topic, row.getInt("origin_partition"), row.getLong("origin_offset"))),
        bytes(row.getString("record_key")),
        bytes(row.getString("value_start")),
        row.getLong("value_size"));
  }

  static byte @Nullable [] bytes(@Nullable String base64) {
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }
}
