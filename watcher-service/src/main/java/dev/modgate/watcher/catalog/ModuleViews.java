package dev.modgate.watcher.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads what is known of modules, for the API.
public final class ModuleViews {
  private static final int MOST_ROWS = 1_000;

  private final JdbcTemplate jdbc;

  public ModuleViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// One want of one module version.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record WantView(
      String version,
      String want,
      String state,
      @Nullable String reason,
      @Nullable String sentence,
      @Nullable Instant nextTry,
      @Nullable String zipHash,
      @Nullable String goModHash,
      long bytes,
      Instant updatedAt,
      @JsonRawValue @Nullable String evidence) {}

  /// @param event one lower-case word
  public record Happening(
      Instant at, String event, String sentence, String requestId, int attempt) {}

  /// @param timeline oldest first, the newest 1,000
  public record VersionView(String module, List<WantView> wants, List<Happening> timeline) {}

  public record ModuleView(String path, List<WantView> versions) {}

  /// With no wants and no timeline where nothing is known.
  public VersionView version(ModuleVersion module) {
    List<Happening> newestFirst =
        jdbc.query(
            "select * from timeline where path = ? and version = ? order by id desc limit "
                + MOST_ROWS,
            (row, _) ->
                new Happening(
                    instant(row, "at"),
                    row.getString("event"),
                    row.getString("sentence"),
                    row.getString("request_id"),
                    row.getInt("attempt")),
            module.path().value(),
            module.version().toString());
    return new VersionView(
        module.toString(),
        jdbc.query(
            "select * from module where path = ? and version = ? order by want",
            (row, _) -> want(row, row.getString("evidence")),
            module.path().value(),
            module.version().toString()),
        newestFirst.reversed());
  }

  /// In version order.
  public ModuleView module(ModulePath path) {
    List<WantView> wants =
        jdbc.query(
            "select * from module where path = ? limit " + MOST_ROWS,
            (row, _) -> want(row, null),
            path.value());
    return new ModuleView(
        path.value(),
        wants.stream()
            .sorted(
                Comparator.comparing((WantView want) -> Version.parse(want.version()))
                    .thenComparing(WantView::want))
            .toList());
  }

  /// How many wants are in each state.
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    jdbc.query(
        "select state, count(*) as n from module group by state",
        row -> {
          counts.put(row.getString("state"), row.getLong("n"));
        });
    return counts;
  }

  private static WantView want(ResultSet row, @Nullable String evidence) throws SQLException {
    OffsetDateTime next = row.getObject("next_try", OffsetDateTime.class);
    return new WantView(
        row.getString("version"),
        row.getString("want").toLowerCase(Locale.ROOT),
        row.getString("state"),
        row.getString("reason"),
        row.getString("sentence"),
        next == null ? null : next.toInstant(),
        row.getString("zip_hash"),
        row.getString("go_mod_hash"),
        row.getLong("bytes"),
        instant(row, "updated_at"),
        evidence);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
