package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.start.StartException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

final class KnownMigrationsTest {
  private static final String HISTORY = "\"flyway_schema_history\"";

  @TempDir Path folder;
  private JdbcTemplate jdbc;
  private Flyway flyway;

  @BeforeEach
  void open() {
    var source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + folder.resolve("database"));
    jdbc = new JdbcTemplate(source);
    flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:dev/modgate/watcher/db/migration")
            .load();
  }

  @Test
  void anOlderDatabaseIsBroughtUpToDate() {
    Flyway older = Flyway.configure().configuration(flyway.getConfiguration()).target("10").load();
    older.migrate();

    new KnownMigrations().migrate(flyway);

    assertThat(flyway.info().pending()).isEmpty();
    assertThatCode(() -> new KnownMigrations().migrate(flyway)).doesNotThrowAnyException();
  }

  @Test
  void aDatabaseOfANewerModgateIsLeftAloneAndSaysWhatToDo() {
    flyway.migrate();
    jdbc.update(
        "insert into "
            + HISTORY
            + " select 999, '999', 'of tomorrow', \"type\", 'V999__of_tomorrow.sql', 1,"
            + " \"installed_by\", \"installed_on\", 1, true from "
            + HISTORY
            + " where \"installed_rank\" = 1");

    assertThatThrownBy(() -> new KnownMigrations().migrate(flyway))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("is of a newer Modgate than this one (it has migration 999)")
        .hasMessageContaining("restore a backup");
  }

  @Test
  void aDatabaseThatNoReleaseLeftSoIsNamed() {
    flyway.migrate();
    jdbc.update("update " + HISTORY + " set \"checksum\" = 1 where \"version\" = '5'");

    assertThatThrownBy(() -> new KnownMigrations().migrate(flyway))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("is not as a release of Modgate left it");
  }
}
