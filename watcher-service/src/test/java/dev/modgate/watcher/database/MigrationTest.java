package dev.modgate.watcher.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MigrationTest extends OnEachDatabase {
  private static final File MIGRATIONS =
      Path.of("src/main/resources/dev/modgate/watcher/db/migration").toFile();

  @Test
  void allMigrationsAreApplied() {
    List<String> versions =
        watcher.jdbc.queryForList(
            "select \"version\" from \"flyway_schema_history\" where \"success\""
                + " and \"type\" = 'SQL' order by \"installed_rank\"",
            String.class);

    assertThat(versions).startsWith("1", "2", "3").doesNotHaveDuplicates();
    assertThat(versions).hasSameSizeAs(Objects.requireNonNull(MIGRATIONS.list()));
  }
}
