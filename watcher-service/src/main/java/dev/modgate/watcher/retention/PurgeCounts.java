package dev.modgate.watcher.retention;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `purge_count` table: what was purged.
final class PurgeCounts {
  private final JdbcTemplate jdbc;

  PurgeCounts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param deleted rows, by the last purge
  record Count(long deleted, long deletedEver, Instant purgedAt) {}

  /// Call it while it is our turn.
  void note(String what, long deleted, Instant now) {
    int known =
        jdbc.update(
            "update purge_count set deleted = ?, deleted_ever = deleted_ever + ?, purged_at = ?"
                + " where what = ?",
            deleted,
            deleted,
            ModuleRows.time(now),
            what);
    if (known == 0) {
      jdbc.update(
          "insert into purge_count (what, deleted, deleted_ever, purged_at) values (?,?,?,?)",
          what,
          deleted,
          deleted,
          ModuleRows.time(now));
    }
  }

  /// By what was purged.
  Map<String, Count> all() {
    Map<String, Count> all = new HashMap<>();
    jdbc.query(
        "select what, deleted, deleted_ever, purged_at from purge_count",
        row -> {
          all.put(
              row.getString(1),
              new Count(
                  row.getLong(2),
                  row.getLong(3),
                  row.getObject(4, OffsetDateTime.class).toInstant()));
        });
    return all;
  }
}
