package dev.modgate.watcher.sync;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads syncs for the API. Takes one connection at a time: who holds one while it waits for a
/// second stops all others.
public final class SyncViews {
  private static final String SYNCS =
      "select s.*, w.sync_id is not null and w.ended_at is null as growing,"
          + " w.ended_at is null and (w.due_at is not null or w.lease is not null) as walking"
          + " from sync s left join walk w on w.sync_id = s.id";

  private final JdbcTemplate jdbc;
  private final SyncTotals totals;

  public SyncViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.totals = new SyncTotals(jdbc);
  }

  /// @param after where the last page ended; empty for the first page
  /// @param limit most modules on a page
  public Optional<SyncView> find(
      String id, SyncView.Modules modules, Optional<ModuleVersion> after, int limit) {
    return jdbc.query(SYNCS + " where s.id = ?", (row, _) -> sync(row), id).stream()
        .findFirst()
        .map(sync ->
            modules == SyncView.Modules.NONE
                ? view(sync, null, null)
                : view(sync, modules, after, limit));
  }

  /// Of a sync in the list of all.
  public record Place(Instant createdAt, String id) {}

  /// @param running whether something may still change
  /// @param after the last one of the page before
  public record Filter(Optional<String> label, Optional<Boolean> running, Optional<Place> after) {}

  /// Newest first, without their modules.
  public List<SyncView> newest(Filter filter, int limit) {
    var where = new StringBuilder(" where 1 = 1");
    var arguments = new ArrayList<Object>();
    filter
        .label()
        .ifPresent(label -> {
          where.append(" and s.label = ?");
          arguments.add(label.replace('\0', '\ufffd'));
        });
    filter
        .running()
        .ifPresent(running ->
            where.append(" and s.finished_at is ").append(running ? "null" : "not null"));
    filter
        .after()
        .ifPresent(place -> {
          where.append(" and s.created_at <= ? and (s.created_at < ? or s.id > ?)");
          OffsetDateTime at = ModuleRows.time(place.createdAt());
          arguments.addAll(List.of(at, at, place.id()));
        });
    return jdbc
        .query(
            SYNCS + where + " order by s.created_at desc, s.id limit " + limit,
            (row, _) -> sync(row),
            arguments.toArray())
        .stream()
        .map(sync -> view(sync, null, null))
        .toList();
  }

  /// @param growing its graph is not walked to its end
  /// @param walking more may be asked for before another answer comes
  private record Sync(
      String id,
      String label,
      Instant createdAt,
      @Nullable Instant finishedAt,
      boolean cancelled,
      @Nullable String failure,
      boolean growing,
      boolean walking,
      String notes) {
    String state(SyncTotals.Sums sums) {
      if (finishedAt == null) {
        return "running";
      }
      if (cancelled) {
        return "cancelled";
      }
      return failure == null && sums.of(ModuleState.INSIDE) == sums.total() ? "done" : "failed";
    }
  }

  private static Sync sync(ResultSet row) throws SQLException {
    return new Sync(
        row.getString("id"),
        row.getString("label"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        instant(row, "finished_at"),
        row.getObject("cancelled_at") != null,
        row.getString("failure"),
        row.getBoolean("growing"),
        row.getBoolean("walking"),
        row.getString("notes"));
  }

  private SyncView view(
      Sync sync, SyncView.Modules modules, Optional<ModuleVersion> after, int limit) {
    List<SyncView.Item> items = items(sync.id(), modules, after, limit + 1);
    boolean more = items.size() > limit;
    List<SyncView.Item> page = more ? items.subList(0, limit) : items;
    return view(sync, page, more ? page.getLast().module() : null);
  }

  private SyncView view(Sync sync, @Nullable List<SyncView.Item> modules, @Nullable String next) {
    SyncTotals.Sums sums = totals.of(sync.id());
    return new SyncView(
        sync.id(),
        sync.label(),
        sync.state(sums),
        sync.createdAt(),
        sync.finishedAt(),
        sync.failure(),
        sync.growing(),
        sync.finishedAt() != null || (sums.settled() && !sync.walking()),
        sums.counts(),
        sums.bytesInside(),
        sums.bytesMoved(),
        sync.notes().isEmpty() ? List.of() : sync.notes().lines().toList(),
        modules,
        next);
  }

  /// In two steps, each of which walks one piece of the primary key.
  private List<SyncView.Item> items(
      String id, SyncView.Modules modules, Optional<ModuleVersion> after, int limit) {
    if (after.isEmpty()) {
      return items(modules, limit, "", id);
    }
    String path = after.get().path().value();
    var items =
        new ArrayList<>(
            items(
                modules,
                limit,
                " and i.path = ? and i.version > ?",
                id,
                path,
                after.get().version().toString()));
    if (items.size() < limit) {
      items.addAll(items(modules, limit - items.size(), " and i.path > ?", id, path));
    }
    return items;
  }

  private List<SyncView.Item> items(
      SyncView.Modules modules, int limit, String range, Object... arguments) {
    String filter =
        modules == SyncView.Modules.PROBLEMS
            ? " and (i.claim_failure is not null or m.state <> 'inside')"
            : "";
    return jdbc.query(
        "select i.path, i.version, i.want, i.already_inside, i.claim_failure, m.state, m.reason,"
            + " m.sentence, m.next_try"
            + SyncTotals.ITEMS
            + range
            + filter
            + " order by i.sync_id, i.path, i.version limit "
            + limit,
        (row, _) -> item(row),
        arguments);
  }

  private static SyncView.Item item(ResultSet row) throws SQLException {
    String failure = row.getString("claim_failure");
    boolean failed = failure != null;
    return new SyncView.Item(
        row.getString("path") + "@" + row.getString("version"),
        row.getString("want").toLowerCase(Locale.ROOT),
        failed ? ModuleState.REJECTED.wireName() : row.getString("state"),
        row.getBoolean("already_inside"),
        failed ? "claim-mismatch" : row.getString("reason"),
        failed ? failure : row.getString("sentence"),
        instant(row, "next_try"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
