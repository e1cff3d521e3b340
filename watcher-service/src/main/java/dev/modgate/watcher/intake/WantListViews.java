package dev.modgate.watcher.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.watcher.api.Cursor;
import dev.modgate.watcher.catalog.ModuleRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads want lists and their verdicts for the API.
final class WantListViews {
  private final JdbcTemplate jdbc;

  WantListViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param place in the list
  /// @param agent null where none is known to have signed
  /// @param verdict `taken`, or why it was refused
  /// @param via `http` or `folder`
  /// @param sentence for people; of one that is just being taken null
  /// @param times how often in a row it was refused so
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      @JsonIgnore Place place,
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

  /// The newest first; of those of one instant the taken ones, by agent and number, then the
  /// refused.
  ///
  /// @param number of a refused one, its id
  record Place(Instant receivedAt, boolean taken, String agent, long number) {
    /// @throws dev.modgate.watcher.api.BadRequestException when there is no such place
    static Place of(List<String> cursor) {
      return new Place(
          Cursor.time(cursor.get(0)),
          cursor.get(1).equals("taken"),
          cursor.get(2),
          Cursor.number(cursor.get(3)));
    }

    String cursor() {
      return Cursor.of(
          receivedAt.toString(), taken ? "taken" : "refused", agent, Long.toString(number));
    }
  }

  private static final Comparator<View> ORDER =
      Comparator.comparing(View::place, Comparator.comparing(Place::receivedAt).reversed())
          .thenComparingInt(view -> view.place().taken() ? 0 : 1)
          .thenComparing(view -> view.place().agent())
          .thenComparing(Comparator.comparingLong((View view) -> view.place().number()).reversed());

  /// The newest first.
  ///
  /// @param after the last one of the page before
  List<View> newest(Optional<String> agent, Optional<Place> after, int limit) {
    return Stream.concat(taken(agent, after, limit), refused(agent, after, limit))
        .sorted(ORDER)
        .limit(limit)
        .toList();
  }

  private Stream<View> taken(Optional<String> agent, Optional<Place> after, int limit) {
    var arguments = new ArrayList<Object>();
    String condition = condition(agent, after, arguments);
    if (after.isPresent() && after.get().taken()) {
      condition += " and (received_at < ? or agent > ? or (agent = ? and number < ?))";
      String last = after.get().agent();
      arguments.addAll(
          List.of(ModuleRows.time(after.get().receivedAt()), last, last, after.get().number()));
    } else if (after.isPresent()) {
      condition += " and received_at < ?";
      arguments.add(ModuleRows.time(after.get().receivedAt()));
    }
    return jdbc
        .query(
            "select * from want_list where "
                + condition
                + " order by received_at desc, agent, number desc limit "
                + limit,
            (row, _) ->
                new View(
                    new Place(received(row), true, row.getString("agent"), row.getLong("number")),
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
            arguments.toArray())
        .stream();
  }

  private Stream<View> refused(Optional<String> agent, Optional<Place> after, int limit) {
    var arguments = new ArrayList<Object>();
    String condition = condition(agent, after, arguments);
    if (after.isPresent() && !after.get().taken()) {
      condition += " and (received_at < ? or id < ?)";
      arguments.addAll(List.of(ModuleRows.time(after.get().receivedAt()), after.get().number()));
    }
    return jdbc
        .query(
            "select * from want_list_refused where "
                + condition
                + " order by received_at desc, id desc limit "
                + limit,
            (row, _) ->
                new View(
                    new Place(received(row), false, "", row.getLong("id")),
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
            arguments.toArray())
        .stream();
  }

  private static String condition(
      Optional<String> agent, Optional<Place> after, List<Object> arguments) {
    agent.ifPresent(name -> arguments.add(name.replace('\0', '\ufffd')));
    after.ifPresent(place -> arguments.add(ModuleRows.time(place.receivedAt())));
    return (agent.isPresent() ? "agent = ?" : "1 = 1")
        + (after.isPresent() ? " and received_at <= ?" : "");
  }

  private static Instant received(ResultSet row) throws SQLException {
    return row.getObject("received_at", OffsetDateTime.class).toInstant();
  }
}
