package dev.modgate.watcher.ledger.view;

import dev.modgate.gomod.semver.Version;
import dev.modgate.watcher.api.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads the ledger for the API, in the order of path and version. A page takes a handful of
/// queries, each by an index, however many repositories there are.
final class LedgerViews {
  private static final int CHUNK = 500;
  private static final int AT_ONCE = 1_000;

  private final JdbcTemplate jdbc;

  LedgerViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param next where there are more
  record Page(List<Use> uses, @Nullable String next) {}

  static final String USES =
      "select u.id, u.path, u.version, u.want, u.in_use and r.gone_at is null as in_use,"
          + " u.first_ref, u.first_commit, u.first_at, u.last_ref, u.last_commit, u.last_at,"
          + " r.source, r.repository, r.owner"
          + " from ledger_use u join ledger_repository r on r.id = u.repository_id where ";
  static final String ORDER = " order by u.path, u.version, u.id limit ";

  private record Row(
      long id,
      String path,
      String version,
      String want,
      boolean inUse,
      Use.Seen first,
      Use.Seen last,
      String source,
      String repository,
      String owner) {}

  /// @param after the cursor of the page before
  Page page(LedgerFilter filter, @Nullable String after, int limit) {
    Optional<List<String>> cursor = Cursor.read(after, 3);
    cursor.ifPresent(
        place -> filter.after(place.get(0), place.get(1), Cursor.number(place.get(2))));
    List<Row> rows =
        jdbc.query(
            USES + filter.condition() + ORDER + (limit + 1),
            (row, _) -> row(row),
            filter.arguments());
    boolean more = rows.size() > limit;
    List<Row> page = more ? rows.subList(0, limit) : rows;
    Row last = more ? page.getLast() : null;
    String next =
        last == null ? null : Cursor.of(last.path(), last.version(), Long.toString(last.id()));
    return new Page(uses(page), next);
  }

  /// All that the filter lets pass, some at a time.
  void each(java.util.function.Supplier<LedgerFilter> filter, Consumer<Use> taker) {
    @Nullable String after = null;
    do {
      Page page = page(filter.get(), after, AT_ONCE);
      page.uses().forEach(taker);
      after = page.next();
    } while (after != null);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("id"),
        row.getString("path"),
        row.getString("version"),
        row.getString("want"),
        row.getBoolean("in_use"),
        seen(row, "first"),
        seen(row, "last"),
        row.getString("source"),
        row.getString("repository"),
        row.getString("owner"));
  }

  private static Use.Seen seen(ResultSet row, String when) throws SQLException {
    return new Use.Seen(
        row.getString(when + "_ref"),
        row.getString(when + "_commit"),
        row.getObject(when + "_at", OffsetDateTime.class).toInstant());
  }

  private List<Use> uses(List<Row> rows) {
    Known known = Known.of(jdbc, rows.stream().map(Row::path).toList());
    Map<Long, Now> now = now(rows.stream().filter(Row::inUse).map(Row::id).toList());
    return rows.stream().map(row -> use(row, known, now.get(row.id()))).toList();
  }

  private static Use use(Row row, Known known, @Nullable Now now) {
    Version version = Version.parse(row.version());
    return new Use(
        row.path(),
        row.version(),
        row.want().toLowerCase(Locale.ROOT),
        row.inUse(),
        known.state(row.path(), row.version(), row.want()),
        row.source(),
        row.repository(),
        row.owner(),
        now == null ? 0 : now.lines(),
        row.first(),
        now == null ? row.last() : now.last(),
        known.newest(row.path(), version).map(Version::toString).orElse(null),
        known.isBehind(row.path(), version),
        known.broughtIn(row.path(), row.version(), row.want()));
  }

  /// How a use stands now.
  private record Now(Use.Seen last, int lines) {
    Now and(Now other) {
      return new Now(
          other.last().at().isAfter(last.at()) ? other.last() : last, lines + other.lines());
    }
  }

  private Map<Long, Now> now(List<Long> uses) {
    Map<Long, Now> now = new HashMap<>();
    for (int start = 0; start < uses.size(); start += CHUNK) {
      var chunk = new ArrayList<Object>(uses.subList(start, Math.min(uses.size(), start + CHUNK)));
      jdbc.query(
          "select n.use_id, l.last_ref, l.last_commit, l.last_at,"
              + " (select count(*) from ledger_line s where s.list_id = l.id) as lines"
              + " from ledger_need n join ledger_list l on l.id = n.list_id where n.use_id in ("
              + String.join(",", Collections.nCopies(chunk.size(), "?"))
              + ")",
          (ResultSet row) -> {
            now.merge(
                row.getLong("use_id"), new Now(seen(row, "last"), row.getInt("lines")), Now::and);
          },
          chunk.toArray());
    }
    return now;
  }
}
