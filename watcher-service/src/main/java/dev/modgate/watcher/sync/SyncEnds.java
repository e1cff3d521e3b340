package dev.modgate.watcher.sync;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.happening.Happenings;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/// Notes when a sync has nothing left that may change.
///
/// Of each sync it remembers one item that was open, and looks from there: a large sync that is
/// nearly done is not walked from its first item for every answer. What is remembered may be wrong;
/// only the database ends a sync.
public final class SyncEnds {
  private static final int MOST_REMEMBERED = 10_000;
  private static final String OPEN =
      " i.claim_failure is null and exists (select 1 from module m"
          + " where m.path = i.path and m.version = i.version and m.want = i.row_want"
          + " and m.state in ('requested', 'fetched', 'verified', 'deferred'))";

  private final JdbcTemplate jdbc;
  private final Happenings happenings;
  private final Map<String, ModuleVersion> seenOpen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ModuleVersion> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  public SyncEnds(JdbcTemplate jdbc, Happenings happenings) {
    this.jdbc = jdbc;
    this.happenings = happenings;
  }

  /// Ends those of these syncs in which everything is inside, rejected or absent. The last thing of
  /// a transaction.
  ///
  /// A sync is locked before it is looked at: two watchers that take the last two answers at once
  /// would each see the other's item open, and nobody would end it.
  public void finish(Collection<String> syncs, Instant now) {
    for (String sync : new TreeSet<>(syncs)) { // in one order
      if (!lockRunning(sync)) {
        continue;
      }
      Optional<ModuleVersion> open = open(sync);
      remember(sync, open);
      if (open.isEmpty()) {
        int ended =
            jdbc.update(
                "update sync set finished_at = ? where id = ? and finished_at is null and not exists"
                    + " (select 1 from walk w where w.sync_id = sync.id and w.ended_at is null)"
                    + " and not exists"
                    + " (select 1 from sync_item i where i.sync_id = sync.id and"
                    + OPEN
                    + ")",
                ModuleRows.time(now),
                sync);
        if (ended == 1) {
          happenings.syncEnded(sync, false, now);
        }
      }
    }
  }

  /// One was cancelled in this transaction.
  void cancelled(String sync, Instant now) {
    happenings.syncEnded(sync, true, now);
  }

  private boolean lockRunning(String sync) {
    return !jdbc.queryForList(
            "select id from sync where id = ? and finished_at is null for update",
            String.class,
            sync)
        .isEmpty();
  }

  private void remember(String sync, Optional<ModuleVersion> open) {
    synchronized (seenOpen) {
      seenOpen.remove(sync);
      open.ifPresent(module -> seenOpen.put(sync, module));
    }
  }

  /// Any item of the sync that is open.
  private Optional<ModuleVersion> open(String sync) {
    ModuleVersion seen;
    synchronized (seenOpen) {
      seen = seenOpen.get(sync);
    }
    if (seen != null) {
      String path = seen.path().value();
      Optional<ModuleVersion> next =
          first(" and i.path = ? and i.version >= ?", sync, path, seen.version().toString())
              .or(() -> first(" and i.path > ?", sync, path));
      if (next.isPresent()) {
        return next;
      }
    }
    return first("", sync);
  }

  private Optional<ModuleVersion> first(String range, Object... arguments) {
    return jdbc
        .query(
            "select i.path, i.version from sync_item i where i.sync_id = ?"
                + range
                + " and"
                + OPEN
                + " order by i.sync_id, i.path, i.version limit 1",
            (row, _) -> ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
            arguments)
        .stream()
        .findFirst();
  }
}
