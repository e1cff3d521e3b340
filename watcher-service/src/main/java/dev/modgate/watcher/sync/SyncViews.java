package dev.modgate.watcher.sync;

import dev.modgate.watcher.catalog.ModuleState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads syncs for the API.
public final class SyncViews {
  private static final String ITEMS =
      " from sync_item i join module m on m.path = i.path and m.version = i.version"
          + " and m.want = i.row_want where i.sync_id = ?";

  private final JdbcTemplate jdbc;

  public SyncViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<SyncView> find(String id, SyncView.Modules modules) {
    return jdbc
        .query("select * from sync where id = ?", (row, _) -> view(row, modules), id)
        .stream()
        .findFirst();
  }

  /// Newest first, without their modules.
  public List<SyncView> newest(int limit) {
    return jdbc.query(
        "select * from sync order by created_at desc, id limit ?",
        (row, _) -> view(row, SyncView.Modules.NONE),
        limit);
  }

  private SyncView view(ResultSet row, SyncView.Modules modules) throws SQLException {
    String id = row.getString("id");
    Totals totals = totals(id);
    long inside = totals.of(ModuleState.INSIDE);
    boolean finished = row.getObject("finished_at") != null;
    String notes = row.getString("notes");
    return new SyncView(
        id,
        row.getString("label"),
        finished ? (inside == totals.total() ? "done" : "failed") : "running",
        instantOf(row, "created_at"),
        instant(row, "finished_at"),
        totals.settled(),
        totals.counts(),
        totals.bytesInside,
        totals.bytesMoved,
        notes.isEmpty() ? List.of() : notes.lines().toList(),
        modules == SyncView.Modules.NONE ? null : items(id, modules));
  }

  private Totals totals(String id) {
    var totals = new Totals();
    jdbc.query(
        "select m.state, i.claim_failure is not null as failed, i.already_inside, count(*) as n,"
            + " sum(m.bytes) as bytes"
            + ITEMS
            + " group by m.state, i.claim_failure is not null, i.already_inside",
        row -> {
          ModuleState state = ModuleState.ofWireName(row.getString("state"));
          totals.add(
              row.getBoolean("failed") ? ModuleState.REJECTED : state,
              row.getLong("n"),
              row.getLong("bytes"),
              row.getBoolean("already_inside"));
        },
        id);
    return totals;
  }

  private List<SyncView.Item> items(String id, SyncView.Modules modules) {
    String filter =
        modules == SyncView.Modules.PROBLEMS
            ? " and (i.claim_failure is not null or m.state <> 'inside')"
            : "";
    return jdbc.query(
        "select i.path, i.version, i.want, i.already_inside, i.claim_failure, m.state, m.reason,"
            + " m.sentence, m.next_try"
            + ITEMS
            + filter
            + " order by i.path, i.version",
        (row, _) -> item(row),
        id);
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

  private static Instant instantOf(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static final class Totals {
    private final Map<ModuleState, Long> byState = new LinkedHashMap<>();
    private long bytesInside;
    private long bytesMoved;

    void add(ModuleState state, long n, long bytes, boolean alreadyInside) {
      byState.merge(state, n, Long::sum);
      bytesInside += state == ModuleState.INSIDE ? bytes : 0;
      bytesMoved += alreadyInside ? 0 : bytes;
    }

    long of(ModuleState state) {
      return byState.getOrDefault(state, 0L);
    }

    long total() {
      return byState.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean settled() {
      return byState.keySet().stream().noneMatch(ModuleState::inFlight);
    }

    Map<String, Long> counts() {
      Map<String, Long> counts = new LinkedHashMap<>();
      counts.put("total", total());
      for (ModuleState state : ModuleState.values()) {
        counts.put(state.wireName(), of(state));
      }
      return counts;
    }
  }
}
