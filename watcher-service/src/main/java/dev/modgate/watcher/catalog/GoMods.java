package dev.modgate.watcher.catalog;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.watcher.insert.ManyRows;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `go_mod` table: what proven go.mods say. A row never changes.
public final class GoMods {
  private static final int CHUNK = 500;
  private static final ManyRows ROWS = new ManyRows("go_mod", "path, version, facts");

  private final JdbcTemplate jdbc;

  public GoMods(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// Keeps what is not known yet. Whoever calls it holds the locks of the modules' rows.
  public void keep(Map<ModuleVersion, GoModFacts> told) {
    var news = new LinkedHashMap<>(told);
    load(told.keySet()).keySet().forEach(news::remove);
    ROWS.write(
        jdbc,
        List.copyOf(news.entrySet()),
        entry ->
            new Object[] {
              entry.getKey().path().value(),
              entry.getKey().version().toString(),
              EventJson.mapper().writeValueAsString(entry.getValue())
            });
  }

  /// Those of these that are known.
  public Map<ModuleVersion, GoModFacts> load(Collection<ModuleVersion> modules) {
    Map<ModuleVersion, GoModFacts> found = new HashMap<>();
    List<ModuleVersion> all = List.copyOf(modules);
    for (int start = 0; start < all.size(); start += CHUNK) {
      List<ModuleVersion> chunk = all.subList(start, Math.min(all.size(), start + CHUNK));
      var arguments = new ArrayList<Object>();
      chunk.forEach(module -> {
        arguments.add(module.path().value());
        arguments.add(module.version().toString());
      });
      jdbc.query(
          "select path, version, facts from go_mod where (path, version) in ("
              + String.join(",", Collections.nCopies(chunk.size(), "(?,?)"))
              + ")",
          (ResultSet row) -> {
            found.put(
                ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
                EventJson.mapper().readValue(row.getString(3), GoModFacts.class));
          },
          arguments.toArray());
    }
    return found;
  }
}
