package dev.modgate.watcher.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class MigrationTest extends OnEachDatabase {
  @Test
  void allMigrationsAreApplied() throws Exception {
    List<String> versions =
        watcher.jdbc.queryForList(
            "select \"version\" from \"flyway_schema_history\" where \"success\""
                + " and \"type\" = 'SQL' order by \"installed_rank\"",
            String.class);

    assertThat(versions).containsExactlyElementsOf(files());
  }

  private static List<String> files() throws Exception {
    var files =
        new PathMatchingResourcePatternResolver()
            .getResources("classpath:dev/modgate/watcher/db/migration/V*__*.sql");
    return Stream.of(files)
        .map(file -> String.valueOf(file.getFilename()).replaceFirst("^V(\\d+)__.*", "$1"))
        .sorted(Comparator.comparing(Integer::valueOf))
        .toList();
  }
}
