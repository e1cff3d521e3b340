package dev.modgate.watcher.sync;

import dev.modgate.watcher.catalog.ModuleState;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/// Adds up the modules of a sync.
final class SyncTotals {
  static final String ITEMS =
      " from sync_item i join module m on m.path = i.path and m.version = i.version"
          + " and m.want = i.row_want where i.sync_id = ?";

  private final JdbcTemplate jdbc;

  SyncTotals(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  Sums of(String sync) {
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
