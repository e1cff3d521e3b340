package dev.modgate.watcher.retention;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.jdbc.core.JdbcTemplate;

/// Entries of timelines that later ones have made needless: repeated ones, and the steps on the way
/// to a verdict. For ever stay the last request and the last verdict of each want of a module
/// version, and all of one that has no verdict yet, but repetitions.
///
/// Walks along the ids, which are nearly in the order of time: an index on the time would cost each
/// result something, for this alone.
record OldTimelines(JdbcTemplate jdbc, Duration keep) implements RetentionRule {
  private static final int LOOKED_AT = 1_000;

  private static final String NEEDLESS =
      "exists (select 1 from timeline n where n.path = t.path and n.version = t.version"
          + " and n.request_id = t.request_id and n.id > t.id"
          + " and (n.event = t.event or t.event in ('fetched', 'verified', 'deferred')"
          + " and n.event in ('published', 'rejected')))";

  @Override
  public String what() {
    return "timelines";
  }

  @Override
  public Walk walk(Instant before) {
    return new OneWalk(before);
  }

  private record Entry(long id, Instant at) {}

  private final class OneWalk implements Walk {
    private final Instant before;
    private long after = -1;

    private OneWalk(Instant before) {
      this.before = before;
    }

    @Override
    public OptionalInt deleteSome() {
      List<Entry> next =
          jdbc
              .query(
                  "select id, at from timeline where id > ? order by id limit " + LOOKED_AT,
                  (row, _) ->
                      new Entry(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()),
                  after)
              .stream()
              .takeWhile(entry -> entry.at().isBefore(before))
              .toList();
      if (next.isEmpty()) {
        return OptionalInt.empty();
      }
      long first = after;
      after = next.getLast().id();
      return OptionalInt.of(
          jdbc.update(
              "delete from timeline t where t.id > ? and t.id <= ? and t.at < ? and " + NEEDLESS,
              first,
              after,
              ModuleRows.time(before)));
    }
  }
}
