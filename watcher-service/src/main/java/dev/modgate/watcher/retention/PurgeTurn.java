package dev.modgate.watcher.retention;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `purge_turn` table: which of several watchers purges, and when the next purge is due.
final class PurgeTurn {
  /// Much longer than a batch takes: one that is killed leaves its turn to the next so late.
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final JdbcTemplate jdbc;

  PurgeTurn(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param firstIn how long a database waits for its first purge
  /// @return the lease; empty where none is due, or another has the turn
  Optional<String> take(Instant now, Duration firstIn) {
    String lease = UUID.randomUUID().toString();
    int taken =
        jdbc.update(
            "update purge_turn set lease = ?, leased_until = ? where id = 1 and next_at <= ?"
                + " and (lease is null or leased_until < ?)",
            lease,
            ModuleRows.time(now.plus(LEASE)),
            ModuleRows.time(now),
            ModuleRows.time(now));
    if (taken == 1) {
      return Optional.of(lease);
    }
    if (next().isEmpty()) {
      begin(now.plus(firstIn));
    }
    return Optional.empty();
  }

  private void begin(Instant first) {
    try {
      jdbc.update("insert into purge_turn (id, next_at) values (1, ?)", ModuleRows.time(first));
    } catch (DuplicateKeyException e) {
      // another watcher began
    }
  }

  /// @return whether the turn is still ours
  boolean renew(String lease, Instant now) {
    return jdbc.update(
            "update purge_turn set leased_until = ? where id = 1 and lease = ?",
            ModuleRows.time(now.plus(LEASE)),
            lease)
        == 1;
  }

  void end(String lease, Instant next) {
    jdbc.update(
        "update purge_turn set lease = null, leased_until = null, next_at = ?"
            + " where id = 1 and lease = ?",
        ModuleRows.time(next),
        lease);
  }

  /// Makes the next purge due now.
  void hasten(Instant now) {
    if (jdbc.update("update purge_turn set next_at = ? where id = 1", ModuleRows.time(now)) == 0) {
      begin(now);
    }
  }

  /// When the next purge is due; empty before the first look.
  Optional<Instant> next() {
    return jdbc
        .query(
            "select next_at from purge_turn where id = 1",
            (row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .stream()
        .findFirst();
  }
}
