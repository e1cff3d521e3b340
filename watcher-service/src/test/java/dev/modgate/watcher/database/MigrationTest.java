package dev.modgate.watcher.database;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationTest extends OnEachDatabase {
  @Test
  void allMigrationsAreApplied() {
    List<String> versions =
        watcher.jdbc.queryForList(
            "select \"version\" from \"flyway_schema_history\" where \"success\""
                + " and \"type\" = 'SQL' order by \"installed_rank\"",
            String.class);

    assertThat(versions).startsWith("1", "2", "3").isSortedAccordingTo(comparing(Integer::valueOf));
  }
}
