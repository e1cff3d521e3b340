package dev.modgate.watcher.run;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Runs as their workers see them. A worker has a run on a short lease, and renews it while it
/// reads: one that is killed leaves it to the next one soon.
final class RunRows {
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  RunRows(JdbcTemplate jdbc, TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  /// @param attempt from 1
  record Leased(
      String id, String source, String repository, int attempt, Instant begun, String lease) {}

  /// @param commit empty for what the ref names
  record OpenRef(String ref, Optional<String> commit, FoundBy foundBy) {}

  /// Takes runs that are due; what is noticed from now on begins another run.
  List<Leased> lease(int most, Instant now, Duration time) {
    List<Leased> leased = transaction.execute(_ -> leaseIn(most, now, time));
    return leased == null ? List.of() : leased;
  }

  /// Looks without a lock and locks by id then, because H2 locks all that it reads before it sorts.
  private List<Leased> leaseIn(int most, Instant now, Duration time) {
    List<String> due =
        jdbc.queryForList(
            "select id from run where state in ('waiting', 'running') and next_try <= ?"
                + " order by next_try, id limit "
                + most * 2,
            String.class,
            ModuleRows.time(now));
    if (due.isEmpty()) {
      return List.of();
    }
    var arguments = new ArrayList<Object>(due);
    arguments.add(ModuleRows.time(now));
    String lease = UUID.randomUUID().toString();
    List<Leased> locked =
        jdbc.query(
            "select id, source, repository, attempts, created_at from run where id in ("
                + String.join(",", Collections.nCopies(due.size(), "?"))
                + ") and state in ('waiting', 'running') and next_try <= ? order by next_try, id"
                + " limit "
                + most
                + " for update skip locked",
            (row, _) ->
                new Leased(
                    row.getString("id"),
                    row.getString("source"),
                    row.getString("repository"),
                    row.getInt("attempts") + 1,
                    row.getObject("created_at", java.time.OffsetDateTime.class).toInstant(),
                    lease),
            arguments.toArray());
    jdbc.batchUpdate(
        "update run set state = 'running', waiting_for = null, lease = ?, attempts = ?, next_try ="
            + " ? where id = ?",
        locked.stream()
            .map(run ->
                new Object[] {lease, run.attempt(), ModuleRows.time(now.plus(time)), run.id()})
            .toList());
    return locked;
  }

  /// Those whose lease is lost stay lost.
  void renew(Collection<Leased> runs, Instant until) {
    jdbc.batchUpdate(
        "update run set next_try = ? where id = ? and lease = ?",
        runs.stream()
            .map(run -> new Object[] {ModuleRows.time(until), run.id(), run.lease()})
            .toList());
  }

  List<OpenRef> open(Leased run) {
    return jdbc.query(
        "select ref, commit_id, found_by from run_ref where run_id = ? and sentence is null"
            + " order by ref",
        (row, _) ->
            new OpenRef(
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                FoundBy.ofWireName(row.getString(3))),
        run.id());
  }

  /// @param commit that was read; null where there is none
  void finished(Leased run, String ref, @Nullable String commit, String sentence) {
    jdbc.update(
        "update run_ref set sentence = ?, commit_id = coalesce(?, commit_id)"
            + " where run_id = ? and ref = ?",
        StoredSentence.of(sentence),
        commit,
        run.id(),
        ref);
  }

  /// @param state `done` or `failed`
  void end(Leased run, String state, String sentence, Instant now) {
    jdbc.update(
        "update run set state = ?, sentence = ?, finished_at = ?, next_try = null, lease = null"
            + " where id = ? and lease = ?",
        state,
        StoredSentence.of(sentence),
        ModuleRows.time(now),
        run.id(),
        run.lease());
  }

  void later(Leased run, String sentence, Instant nextTry) {
    jdbc.update(
        "update run set sentence = ?, next_try = ?, lease = null where id = ? and lease = ?",
        StoredSentence.of(sentence),
        ModuleRows.time(nextTry),
        run.id(),
        run.lease());
  }
}
