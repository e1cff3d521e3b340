package dev.modgate.watcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestoredDatabaseTest {
  @TempDir Path folder;

  @Test
  void requestsThatWaitForAnAnswerAreSentAgain() throws Exception {
    migrate();
    execute(
        "insert into outbox (priority, request_id, attempt, path, payload, sent_at) values"
            + " (0, 'a', 1, 'p', '{}', current_timestamp), (0, 'b', 1, 'p', '{}', null)");

    assertThat(database().sendAllAgain()).isEqualTo(1);
    assertThat(database().sendAllAgain()).isZero();
  }

  @Test
  void aNewerOneIsRefused() throws Exception {
    migrate();
    execute(
        "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\","
            + " \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\","
            + " \"success\") values (1000, '999', 'x', 'SQL', 'V999__x.sql', 1, 'm', 1, true)");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(database()::sendAllAgain)
        .withMessageContaining("of a newer Modgate than this one: it has migration 999");
  }

  @Test
  void whatIsNoDatabaseOfOursIsRefused() throws Exception {
    execute("create table other (id integer)");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(database()::sendAllAgain)
        .withMessageContaining("is not Modgate's");
  }

  @Test
  void whatIsNoDatabaseIsRefused() throws Exception {
    Files.writeString(folder.resolve("modgate.mv.db"), "nothing");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(database()::sendAllAgain)
        .withMessageContaining("the database in the backup can't be opened");
  }

  private RestoredDatabase database() {
    return new RestoredDatabase(folder.resolve("modgate.mv.db"), "modgate", "");
  }

  private String url() {
    return "jdbc:h2:file:" + folder.resolve("modgate");
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(url(), "modgate", "")
        .locations("classpath:dev/modgate/watcher/db/migration")
        .load()
        .migrate();
  }

  private void execute(String sql) throws Exception {
    try (var connection = DriverManager.getConnection(url(), "modgate", "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
