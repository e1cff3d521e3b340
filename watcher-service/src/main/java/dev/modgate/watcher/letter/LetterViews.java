package dev.modgate.watcher.letter;

import dev.modgate.watcher.api.Cursor;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads dead letters for the API.
final class LetterViews {
  private static final int MOST_CAUSES = 1_000;
  private static final String COLUMNS =
      "id, died_at, stage, group_id, cause, cause_key, origin_topic, origin_partition,"
          + " origin_offset, record_key, value_size, state, changed_at, changed_by, sentence,"
          + " retry_of, retries";

  private final JdbcTemplate jdbc;

  LetterViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// Which letters.
  ///
  /// @param cause its key
  /// @param after the cursor of the page before
  record Filter(
      Optional<String> stage,
      Optional<String> cause,
      Optional<Letter.State> state,
      Optional<String> after) {}

  LetterView.Page page(Filter filter, int limit) {
    var where = new ArrayList<String>();
    var arguments = new ArrayList<Object>();
    filter.stage().ifPresent(stage -> add(where, "stage = ?", arguments, stage));
    filter.cause().ifPresent(cause -> add(where, "cause_key = ?", arguments, cause));
    filter.state().ifPresent(state -> add(where, "state = ?", arguments, state.wireName()));
    Cursor.read(filter.after().orElse(null), 1)
        .ifPresent(place -> add(where, "id < ?", arguments, Cursor.number(place.getFirst())));
    arguments.add(limit + 1);
    List<LetterView> found =
        jdbc.query(
            "select "
                + COLUMNS
                + " from dead_letter"
                + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
                + " order by id desc limit ?",
            (row, _) -> view(row, null),
            arguments.toArray());
    boolean more = found.size() > limit;
    List<LetterView> page = more ? found.subList(0, limit) : found;
    return new LetterView.Page(page, more ? Cursor.of(String.valueOf(page.getLast().id())) : null);
  }

  private static void add(
      List<String> where, String condition, List<Object> arguments, Object value) {
    where.add(condition);
    arguments.add(value);
  }

  Optional<LetterView> find(long id) {
    return jdbc
        .query(
            "select " + COLUMNS + ", stack, value_start from dead_letter where id = ?",
            (row, _) -> view(row, content(row)),
            id)
        .stream()
        .findFirst();
  }

  /// Those with open letters first, then the one that was seen last.
  List<LetterView.Cause> causes() {
    return jdbc.query(
        "select cause_key, stage, cause_form,"
            + " sum(case when state = 'letter' then 1 else 0 end) as open_ones,"
            + " sum(case when state = 'retried' then 1 else 0 end) as retried_ones,"
            + " sum(case when state = 'discarded' then 1 else 0 end) as discarded_ones,"
            + " min(died_at) as first_seen, max(died_at) as last_seen"
            + " from dead_letter group by cause_key, stage, cause_form"
            + " order by open_ones desc, last_seen desc, cause_key limit "
            + MOST_CAUSES,
        (row, _) ->
            new LetterView.Cause(
                row.getString("cause_key"),
                row.getString("stage"),
                row.getString("cause_form"),
                row.getLong("open_ones"),
                row.getLong("retried_ones"),
                row.getLong("discarded_ones"),
                instant(row, "first_seen").orElseThrow(),
                instant(row, "last_seen").orElseThrow()));
  }

  private static LetterView view(ResultSet row, LetterView.@Nullable Content content)
      throws SQLException {
    String topic = row.getString("origin_topic");
    long retryOf = row.getLong("retry_of");
    boolean retries = !row.wasNull();
    return new LetterView(
        row.getLong("id"),
        instant(row, "died_at").orElseThrow(),
        row.getString("stage"),
        row.getString("group_id"),
        row.getString("cause"),
        row.getString("cause_key"),
        topic == null
            ? null
            : new LetterView.Origin(
                topic, row.getInt("origin_partition"), row.getLong("origin_offset")),
        text(row.getString("record_key")),
        row.getLong("value_size"),
        row.getString("state"),
        instant(row, "changed_at").orElse(null),
        row.getString("changed_by"),
        row.getString("sentence"),
        retries ? retryOf : null,
        row.getInt("retries"),
        content);
  }

  private static LetterView.Content content(ResultSet row) throws SQLException {
    String value = row.getString("value_start");
    return new LetterView.Content(row.getString("stack"), text(value), value);
  }

  private static @Nullable String text(@Nullable String base64) {
    byte[] bytes = LetterRows.bytes(base64);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
  }
}
