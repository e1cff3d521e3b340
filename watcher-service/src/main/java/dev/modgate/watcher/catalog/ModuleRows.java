package dev.modgate.watcher.catalog;

import static java.util.Comparator.comparing;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.insert.ManyRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `module` table.
public final class ModuleRows {
  private static final int CHUNK = 500;
  private static final String COLUMNS =
      "path, version, want, state, request_id, attempt, deferrals, zip_hash, go_mod_hash";

  private static final ManyRows ROWS =
      new ManyRows(
          "module",
          "path, version, want, state, request_id, attempt, updated_at, brought_by, brought_at");

  /// In which rows are locked, piece by piece, and written.
  public static final Comparator<ModuleVersion> ORDER =
      comparing((ModuleVersion module) -> module.path().value())
          .thenComparing(module -> module.version().toString());

  private final JdbcTemplate jdbc;

  public ModuleRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// Names one row.
  public record Key(ModuleVersion module, Want want) {}

  /// All rows of these module versions, locked until the transaction ends; in much the same order,
  /// so that two that need the same ones mostly wait for each other. PostgreSQL sorts each piece by
  /// its own collation: where two stop each other all the same, the database ends one of them,
  /// which its caller tries again.
  public Map<Key, ModuleRow> lock(Collection<ModuleVersion> modules) {
    Map<Key, ModuleRow> rows = new HashMap<>();
    List<ModuleVersion> all = modules.stream().sorted(ORDER).toList();
    for (int start = 0; start < all.size(); start += CHUNK) {
      List<ModuleVersion> chunk = all.subList(start, Math.min(all.size(), start + CHUNK));
      String places = String.join(",", java.util.Collections.nCopies(chunk.size(), "(?,?)"));
      var arguments = new ArrayList<Object>();
      chunk.forEach(module -> {
        arguments.add(module.path().value());
        arguments.add(module.version().toString());
      });
      jdbc.query(
          "select "
              + COLUMNS
              + " from module where (path, version) in ("
              + places
              + ")"
              + " order by path, version, want for update",
          (ResultSet row) -> {
            ModuleRow module = read(row);
            rows.put(new Key(module.module(), module.want()), module);
          },
          arguments.toArray());
    }
    return rows;
  }

  /// Writes a new request into rows that exist.
  public void request(List<ModuleRow> requested, Map<Key, ModuleRow> existing, Instant now) {
    request("", requested, existing, now);
  }

  /// Writes a new request into rows that exist or not; in the same order always.
  ///
  /// @param label of the sync that asks: of a new row it is kept, as who brought the module in
  public void request(
      String label, List<ModuleRow> requested, Map<Key, ModuleRow> existing, Instant now) {
    var inserts = new ArrayList<ModuleRow>();
    var updates = new ArrayList<Object[]>();
    for (ModuleRow row : requested.stream().sorted(comparing(ModuleRow::module, ORDER)).toList()) {
      if (existing.containsKey(new Key(row.module(), row.want()))) {
        updates.add(
            new Object[] {
              row.state().wireName(),
              row.request().attempt(),
              row.deferrals(),
              time(now),
              row.module().path().value(),
              row.module().version().toString(),
              row.want().name()
            });
      } else {
        inserts.add(row);
      }
    }
    ROWS.write(
        jdbc,
        inserts,
        row ->
            new Object[] {
              row.module().path().value(),
              row.module().version().toString(),
              row.want().name(),
              row.state().wireName(),
              row.request().id(),
              row.request().attempt(),
              time(now),
              label,
              time(now)
            });
    jdbc.batchUpdate(
        "update module set state = ?, attempt = ?, deferrals = ?, reason = null, sentence = null,"
            + " next_try = null, bytes = 0, updated_at = ? where path = ? and version = ? and want = ?",
        updates);
  }

  public static java.time.OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static ModuleRow read(ResultSet row) throws SQLException {
    return new ModuleRow(
        ModuleVersion.parse(row.getString("path") + "@" + row.getString("version")),
        Want.valueOf(row.getString("want")),
        ModuleState.ofWireName(row.getString("state")),
        new RequestId(row.getString("request_id"), row.getInt("attempt")),
        row.getInt("deferrals"),
        hash(row.getString("zip_hash")),
        hash(row.getString("go_mod_hash")));
  }

  private static @Nullable H1 hash(@Nullable String text) {
    return text == null ? null : new H1(text);
  }
}
