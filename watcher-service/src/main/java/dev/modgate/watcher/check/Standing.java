package dev.modgate.watcher.check;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.plan.PlanItem;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// How modules stand at this moment.
final class Standing {
  private static final int CHUNK = 500;

  private final JdbcTemplate jdbc;

  Standing(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param state empty where nobody has asked for it
  /// @param reason a code; `claim-mismatch` where the project claims other bytes than are inside
  /// @param bytes of what was fetched; 0 where that is not known
  record Stand(
      PlanItem item,
      Optional<ModuleState> state,
      @Nullable String reason,
      @Nullable String sentence,
      long bytes) {
    boolean inside() {
      return state.filter(it -> it == ModuleState.INSIDE).isPresent();
    }
  }

  private record Row(
      ModuleState state,
      @Nullable String reason,
      @Nullable String sentence,
      @Nullable H1 zipHash,
      @Nullable H1 goModHash,
      long bytes) {}

  /// In the order of module path and version.
  List<Stand> of(List<PlanItem> items) {
    List<PlanItem> ordered =
        items.stream()
            .sorted(java.util.Comparator.comparing(PlanItem::module, ModuleRows.ORDER))
            .toList();
    var stands = new ArrayList<Stand>(ordered.size());
    for (int start = 0; start < ordered.size(); start += CHUNK) {
      List<PlanItem> chunk = ordered.subList(start, Math.min(ordered.size(), start + CHUNK));
      Map<ModuleVersion, Map<Want, Row>> rows = rows(chunk);
      chunk.forEach(item -> stands.add(stand(item, rows.getOrDefault(item.module(), Map.of()))));
    }
    return stands;
  }

  private Map<ModuleVersion, Map<Want, Row>> rows(List<PlanItem> items) {
    var arguments = new ArrayList<Object>();
    items.forEach(item -> {
      arguments.add(item.module().path().value());
      arguments.add(item.module().version().toString());
    });
    Map<ModuleVersion, Map<Want, Row>> rows = new HashMap<>();
    jdbc.query(
        "select path, version, want, state, reason, sentence, zip_hash, go_mod_hash, bytes"
            + " from module where (path, version) in ("
            + String.join(",", Collections.nCopies(items.size(), "(?,?)"))
            + ")",
        (ResultSet row) -> {
          rows.computeIfAbsent(
                  ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
                  _ -> new EnumMap<>(Want.class))
              .put(
                  Want.valueOf(row.getString(3)),
                  new Row(
                      ModuleState.ofWireName(row.getString(4)),
                      row.getString(5),
                      row.getString(6),
                      hash(row.getString(7)),
                      hash(row.getString(8)),
                      row.getLong(9)));
        },
        arguments.toArray());
    return rows;
  }

  /// A zip inside answers a want of the go.mod too.
  private static Stand stand(PlanItem item, Map<Want, Row> rows) {
    Row whole = rows.get(Want.ZIP);
    Row row = whole != null && whole.state() == ModuleState.INSIDE ? whole : rows.get(item.want());
    if (row == null) {
      return new Stand(item, Optional.empty(), null, null, 0);
    }
    if (row.state() == ModuleState.INSIDE) {
      Optional<String> contradiction = item.contradiction(row.zipHash(), row.goModHash());
      return contradiction.isPresent()
          ? new Stand(
              item,
              Optional.of(ModuleState.REJECTED),
              "claim-mismatch",
              contradiction.get(),
              row.bytes())
          : new Stand(item, Optional.of(ModuleState.INSIDE), null, null, row.bytes());
    }
    return new Stand(item, Optional.of(row.state()), row.reason(), row.sentence(), row.bytes());
  }

  private static @Nullable H1 hash(@Nullable String text) {
    return text == null ? null : new H1(text);
  }
}
