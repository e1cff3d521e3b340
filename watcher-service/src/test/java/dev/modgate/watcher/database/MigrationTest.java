package dev.modgate.watcher.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class MigrationTest extends OnEachDatabase {
  @Test
  void allMigrationsAreApplied() throws IOException {
    List<String> versions =
        watcher.jdbc.queryForList(
            "select \"version\" from \"flyway_schema_history\" where \"success\""
                + " and \"type\" = 'SQL' order by \"installed_rank\"",
            String.class);

    var files =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath:dev/modgate/watcher/db/migration/V*__*.sql");
    assertThat(versions)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(files)
                .map(file -> String.valueOf(file.getFilename()).replaceFirst("V(.*?)__.*", "$1"))
                .toList());
  }
}
