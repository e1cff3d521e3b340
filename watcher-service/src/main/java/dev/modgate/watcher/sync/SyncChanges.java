package dev.modgate.watcher.sync;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/// What a person may do to a sync that was taken.
public final class SyncChanges {
  private final JdbcTemplate jdbc;
  private final SyncTransactions transactions;
  private final SyncItems items;
  private final Walks walks;
  private final SyncEnds ends;
  private final SyncGrowth.Grown grown;
  private final Clock clock;

  public SyncChanges(
      JdbcTemplate jdbc,
      SyncTransactions transactions,
      SyncItems items,
      SyncEnds ends,
      SyncGrowth.Grown grown,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.items = items;
    this.walks = new Walks(jdbc);
    this.ends = ends;
    this.grown = grown;
    this.clock = clock;
  }

  /// What became of what was asked for.
  public enum Outcome {
    CHANGED,
    /// It had ended before; nothing was done.
    ENDED,
    /// There is no such sync.
    UNKNOWN
  }

  /// Ends a sync that runs. What nobody else waits for and was not sent yet is not asked for any
  /// more; what is on its way comes inside all the same.
  public Outcome cancel(String sync) {
    return transactions.run(() -> {
      items.lockOpen(sync);
      walks.lock(sync);
      Optional<Locked> locked = lock(sync);
      if (locked.isEmpty()) {
        return Outcome.UNKNOWN;
      }
      if (locked.get().ended()) {
        return Outcome.ENDED;
      }
      Instant now = clock.instant();
      jdbc.update(
          "update sync set finished_at = ?, cancelled_at = ? where id = ?",
          ModuleRows.time(now),
          ModuleRows.time(now),
          sync);
      walks.end(sync, now);
      grown.grown(sync);
      items.withdraw(sync, now);
      ends.cancelled(sync, now);
      return Outcome.CHANGED;
    });
  }

  /// Asks again for what was rejected, absent, put off or withdrawn; a sync that had ended runs
  /// again.
  public Outcome retry(String sync) {
    return transactions.run(() -> {
      items.lockOpen(sync);
      walks.lock(sync);
      Optional<Locked> locked = lock(sync);
      if (locked.isEmpty()) {
        return Outcome.UNKNOWN;
      }
      Instant now = clock.instant();
      jdbc.update(
          "update sync set finished_at = null, cancelled_at = null, failure = null where id = ?",
          sync);
      walks.again(sync, now);
      items.askAgain(
          new SyncItems.Asking(sync, locked.get().label(), sync, locked.get().priority()), now);
      ends.finish(List.of(sync), now);
      return Outcome.CHANGED;
    });
  }

  private record Locked(String label, int priority, boolean ended) {}

  private Optional<Locked> lock(String sync) {
    return jdbc
        .query(
            "select label, priority, finished_at is not null from sync where id = ? for update",
            (row, _) -> new Locked(row.getString(1), row.getInt(2), row.getBoolean(3)),
            sync)
        .stream()
        .findFirst();
  }
}
