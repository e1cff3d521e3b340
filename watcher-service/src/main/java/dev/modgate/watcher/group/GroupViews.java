package dev.modgate.watcher.group;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads groups for the API, one connection at a time.
public final class GroupViews {
  private static final int MOST_NAMES = 100;

  private final JdbcTemplate jdbc;

  public GroupViews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private record Row(String state, @Nullable Instant listedAt, @Nullable String sentence) {}

  /// @return empty where nobody has looked at it yet
  public Optional<GroupView> find(String source) {
    return jdbc
        .query(
            "select state, listed_at, sentence from source_group where source = ?",
            (row, _) -> {
              OffsetDateTime listed = row.getObject("listed_at", OffsetDateTime.class);
              return new Row(
                  row.getString("state"),
                  listed == null ? null : listed.toInstant(),
                  row.getString("sentence"));
            },
            source)
        .stream()
        .findFirst()
        .map(row -> view(source, row));
  }

  private GroupView view(String source, Row row) {
    return new GroupView(
        source,
        row.state(),
        count("source_repository where left_at is null and source = ?", source),
        count("group_found where source = ?", source),
        jdbc.queryForList(
            "select repository from group_found where source = ? order by repository limit "
                + MOST_NAMES,
            String.class,
            source),
        row.listedAt(),
        row.sentence());
  }

  private int count(String from, String source) {
    Integer count = jdbc.queryForObject("select count(*) from " + from, Integer.class, source);
    return count == null ? 0 : count;
  }
}
