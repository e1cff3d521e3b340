package dev.modgate.watcher.sync;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;

/// Notes when a sync has nothing left that may change.
public final class SyncEnds {
  private final JdbcTemplate jdbc;

  public SyncEnds(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// Ends those of these syncs in which everything is inside, rejected or absent.
  public void finish(Collection<String> syncs, Instant now) {
    jdbc.batchUpdate(
        """
        update sync set finished_at = ?
        where id = ? and finished_at is null and not exists (
          select 1 from sync_item i
          join module m on m.path = i.path and m.version = i.version and m.want = i.row_want
          where i.sync_id = sync.id and i.claim_failure is null
            and m.state in ('requested', 'fetched', 'verified', 'deferred'))
        """,
        syncs.stream().map(id -> new Object[] {ModuleRows.time(now), id}).toList());
  }
}
