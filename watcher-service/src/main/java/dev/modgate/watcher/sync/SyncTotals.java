package dev.modgate.watcher.sync;

import dev.modgate.watcher.catalog.ModuleState;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.JdbcTemplate;

/// Adds up the modules of a sync. A large sync takes long to add up, and whoever waits for it asks
/// often: what took long is kept for some times as long.
final class SyncTotals {
  static final String ITEMS =
      " from sync_item i join module m on m.path = i.path and m.version = i.version"
          + " and m.want = i.row_want where i.sync_id = ?";

  private static final long LONG_NANOS = 20_000_000;
  private static final int KEPT_TIMES = 5;

  private final JdbcTemplate jdbc;
  private final LongSupplier nanoTime;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  SyncTotals(JdbcTemplate jdbc, LongSupplier nanoTime) {
    this.jdbc = jdbc;
    this.nanoTime = nanoTime;
  }

  /// @param finished when they were added up; at its end a sync is added up anew
  private record Kept(Sums sums, boolean finished, long untilNanos) {}

  Sums of(String sync, boolean finished) {
    long began = nanoTime.getAsLong();
    kept.values().removeIf(old -> began - old.untilNanos() > 0);
    Kept before = kept.get(sync);
    if (before != null && before.finished() == finished) {
      return before.sums();
    }
    Sums sums = addUp(sync);
    long ended = nanoTime.getAsLong();
    if (ended - began > LONG_NANOS) {
      kept.put(sync, new Kept(sums, finished, ended + KEPT_TIMES * (ended - began)));
    }
    return sums;
  }

  private Sums addUp(String sync) {
    Map<ModuleState, Long> byState = new EnumMap<>(ModuleState.class);
    var bytes = new long[2];
    jdbc.query(
        "select m.state, i.claim_failure is not null as failed, i.already_inside, count(*) as n,"
            + " sum(m.bytes) as bytes"
            + ITEMS
            + " group by m.state, i.claim_failure is not null, i.already_inside",
        row -> {
          ModuleState state =
              row.getBoolean("failed")
                  ? ModuleState.REJECTED
                  : ModuleState.ofWireName(row.getString("state"));
          byState.merge(state, row.getLong("n"), Long::sum);
          bytes[0] += state == ModuleState.INSIDE ? row.getLong("bytes") : 0;
          bytes[1] += row.getBoolean("already_inside") ? 0 : row.getLong("bytes");
        },
        sync);
    return new Sums(byState, bytes[0], bytes[1]);
  }

  /// @param byState how many modules; none for a state that none has
  record Sums(Map<ModuleState, Long> byState, long bytesInside, long bytesMoved) {
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
