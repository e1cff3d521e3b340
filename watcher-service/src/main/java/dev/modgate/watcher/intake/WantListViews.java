package dev.modgate.watcher.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads want lists and their verdicts for the API.
final class WantListViews {
  private final JdbcTemplate jdbc;

  WantListViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param agent null where none is known to have signed
  /// @param verdict `taken`, or why it was refused
  /// @param via `http` or `folder`
  /// @param sentence for people; of one that is just being taken null
  /// @param times how often in a row it was refused so
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      @Nullable String agent,
      @Nullable Long number,
      @Nullable String source,
      @Nullable String commit,
      @Nullable Integer lines,
      String verdict,
      String via,
      @Nullable String sentence,
      @Nullable Integer times,
      Instant receivedAt) {}

  /// The newest first.
  List<View> newest(int limit) {
    return Stream.concat(taken(limit), refused(limit))
        .sorted(Comparator.comparing(View::receivedAt).reversed())
        .limit(limit)
        .toList();
  }

  private Stream<View> taken(int limit) {
    return jdbc
        .query(
            "select * from want_list order by received_at desc, number desc limit ?",
            (row, _) ->
                new View(
                    row.getString("agent"),
                    row.getLong("number"),
                    row.getString("source"),
                    row.getString("commit_id"),
                    row.getInt("line_count"),
                    "taken",
                    row.getString("via"),
                    row.getString("sentence"),
                    null,
                    received(row)),
            limit)
        .stream();
  }

  private Stream<View> refused(int limit) {
    return jdbc
        .query(
            "select * from want_list_refused order by id desc limit ?",
            (row, _) ->
                new View(
                    row.getString("agent"),
                    row.getObject("number", Long.class),
                    row.getString("source"),
                    row.getString("commit_id"),
                    null,
                    row.getString("refusal"),
                    row.getString("via"),
                    row.getString("sentence"),
                    row.getInt("times"),
                    received(row)),
            limit)
        .stream();
  }

  private static Instant received(ResultSet row) throws SQLException {
    return row.getObject("received_at", OffsetDateTime.class).toInstant();
  }
}
