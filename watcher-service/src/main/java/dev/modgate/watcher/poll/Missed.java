package dev.modgate.watcher.poll;

import static dev.modgate.watcher.catalog.ModuleRows.time;

import dev.modgate.watcher.run.FoundBy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts what polls found and no webhook told of; the package says when.
final class Missed {
  private static final int AT_ONCE = 200;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Duration grace;
  private final Clock clock;

  /// @param grace how long after a poll the webhook may still come
  Missed(JdbcTemplate jdbc, TransactionTemplate transaction, Duration grace, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.grace = grace;
    this.clock = clock;
  }

  /// A poll noticed a commit. Within the transaction that notices it.
  void found(PollRows.Key key, String ref, String commit) {
    Instant now = clock.instant();
    jdbc.update(
        "insert into poll_found (source, repository, ref, commit_id, found_at, judge_at)"
            + " values (?,?,?,?,?,?)",
        key.source(),
        key.repository(),
        ref,
        commit,
        time(now),
        time(now.plus(grace)));
  }

  private record Found(
      long id,
      String source,
      String repository,
      String ref,
      String commit,
      OffsetDateTime foundAt) {}

  /// Judges what waited long enough.
  void judge() {
    List<Found> found =
        jdbc.query(
            "select id, source, repository, ref, commit_id, found_at from poll_found"
                + " where judge_at <= ? order by judge_at, id limit "
                + AT_ONCE,
            (row, _) ->
                new Found(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getObject(6, OffsetDateTime.class)),
            time(clock.instant()));
    for (Found next : found) {
      try {
        judge(next);
      } catch (DuplicateKeyException e) {
        judge(next); // another watcher made the row of its source just now
      }
    }
  }

  private void judge(Found found) {
    transaction.executeWithoutResult(_ -> {
      boolean own = jdbc.update("delete from poll_found where id = ?", found.id()) == 1;
      if (own && !isHeardOf(found)) {
        count(found);
      }
    });
  }

  private boolean isHeardOf(Found found) {
    Integer heard =
        jdbc.queryForObject(
            "select count(*) from run_ref f join run r on r.id = f.run_id"
                + " where r.source = ? and r.repository = ? and f.found_by = ?"
                + " and (f.commit_id = ? or (f.ref = ? and r.created_at >= ?))",
            Integer.class,
            found.source(),
            found.repository(),
            FoundBy.WEBHOOK.wireName(),
            found.commit(),
            found.ref(),
            time(found.foundAt().toInstant().minus(grace)));
    return heard != null && heard > 0;
  }

  private void count(Found found) {
    int counted =
        jdbc.update(
            "update poll_missed set missed = missed + 1, repository = ?, ref = ?, commit_id = ?,"
                + " found_at = ? where source = ?",
            found.repository(),
            found.ref(),
            found.commit(),
            found.foundAt(),
            found.source());
    if (counted == 0) {
      jdbc.update(
          "insert into poll_missed (missed, repository, ref, commit_id, found_at, source)"
              + " values (1,?,?,?,?,?)",
          found.repository(),
          found.ref(),
          found.commit(),
          found.foundAt(),
          found.source());
    }
  }
}
