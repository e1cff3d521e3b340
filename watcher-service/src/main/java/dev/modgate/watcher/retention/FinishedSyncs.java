package dev.modgate.watcher.retention;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.jdbc.core.JdbcTemplate;

/// Syncs that ended long ago, with their items and claims.
///
/// The claims of a finished sync are read for one purpose: to mark that very sync where a module
/// that was refused when it ended gets inside later, with other bytes than its go.sum has. Who asks
/// a verifier reads the claims of running syncs alone. So a sync may go with its claims, and no
/// verdict changes; while a module it needs is on its way all the same, it stays.
record FinishedSyncs(JdbcTemplate jdbc, Duration keep) implements RetentionRule {
  private static final int CANDIDATES = 200;
  private static final int MOST_ITEMS = 5_000;

  private static final String KEPT =
      "exists (select 1 from sync_item i join module m on m.path = i.path and m.version = i.version"
          + " where i.sync_id = t.id"
          + " and m.state in ('requested', 'fetched', 'verified', 'deferred'))"
          + " or exists (select 1 from commit_seen c where c.sync_id = t.id"
          + " and not exists (select 1 from commit_seen n where n.source = c.source"
          + " and n.repository = c.repository and n.found_at > c.found_at"
          + " and n.sync_id is not null))";

  @Override
  public String what() {
    return "syncs";
  }

  @Override
  public Walk walk(Instant before) {
    return new OneWalk(before);
  }

  private record Candidate(String id, OffsetDateTime finished) {}

  private final class OneWalk implements Walk {
    private final OffsetDateTime before;
    private Candidate after = new Candidate("", ModuleRows.time(Instant.EPOCH));

    private OneWalk(Instant before) {
      this.before = ModuleRows.time(before);
    }

    @Override
    public OptionalInt deleteSome() {
      List<Candidate> some = some();
      if (some.isEmpty()) {
        return OptionalInt.empty();
      }
      after = some.getLast();
      return OptionalInt.of(
          jdbc.update(
              "delete from sync t where t.id in ("
                  + String.join(",", Collections.nCopies(some.size(), "?"))
                  + ") and not ("
                  + KEPT
                  + ")",
              some.stream().map(Candidate::id).sorted().toArray()));
    }

    /// The oldest ones, as long as they have few items together; at least one, however large.
    private List<Candidate> some() {
      var some = new ArrayList<Candidate>();
      int items = 0;
      for (Candidate candidate : candidates()) {
        items += items(candidate);
        if (items > MOST_ITEMS && !some.isEmpty()) {
          break;
        }
        some.add(candidate);
      }
      return some;
    }

    private List<Candidate> candidates() {
      return jdbc.query(
          "select id, finished_at from sync where finished_at >= ? and finished_at < ?"
              + " and (finished_at > ? or id > ?) order by finished_at, id limit "
              + CANDIDATES,
          (row, _) -> new Candidate(row.getString(1), row.getObject(2, OffsetDateTime.class)),
          after.finished(),
          before,
          after.finished(),
          after.id());
    }

    private int items(Candidate sync) {
      Integer items =
          jdbc.queryForObject(
              "select count(*) from (select 1 from sync_item where sync_id = ? limit "
                  + MOST_ITEMS
                  + ") counted",
              Integer.class,
              sync.id());
      return items == null ? 0 : items;
    }
  }
}
