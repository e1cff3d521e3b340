package dev.modgate.watcher.retention;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.jdbc.core.JdbcTemplate;

/// What is known of the hosts and repositories of sources that were removed long ago, wherever they
/// were declared. One that is declared again before goes on where it was.
record RemovedSources(JdbcTemplate jdbc, Duration keep) implements RetentionRule {
  private static final List<String> TABLES =
      List.of(
          "source_repository where source = ?",
          "source_group where source = ?",
          "group_found where source = ?",
          "group_missing where source = ?",
          "poll where source = ?",
          "poll_ref where source = ?",
          "poll_found where source = ?",
          "poll_missed where source = ?",
          // numbers of changes are counted from the newest
          "tick where source = ? and changed < (select max(changed) from tick)");

  private static final String NEXT =
      "select c.source from source_change c where c.source > ? and c.change = 'removed'"
          + " and c.at < ? and not exists (select 1 from source_change n where"
          + " n.source = c.source and n.id > c.id)"
          + " and not exists (select 1 from source_change o where o.source = c.source"
          + " and o.declared <> c.declared and o.change <> 'removed'"
          + " and not exists (select 1 from source_change n where n.source = o.source"
          + " and n.declared = o.declared and n.id > o.id))"
          + " order by c.source limit 1";

  @Override
  public String what() {
    return "removed-sources";
  }

  @Override
  public Walk walk(Instant before) {
    return new OneWalk(before);
  }

  private final class OneWalk implements Walk {
    private final Instant before;
    private String after = "";

    private OneWalk(Instant before) {
      this.before = before;
    }

    @Override
    public OptionalInt deleteSome() {
      List<String> next = jdbc.queryForList(NEXT, String.class, after, ModuleRows.time(before));
      if (next.isEmpty()) {
        return OptionalInt.empty();
      }
      after = next.getFirst();
      return OptionalInt.of(
          TABLES.stream().mapToInt(table -> jdbc.update("delete from " + table, after)).sum());
    }
  }
}
