package dev.modgate.watcher.backup;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/// The file of an embedded database that comes from a backup, before a watcher starts on it.
///
/// @param path of the file, which ends in `.mv.db` and has no `;` in it
public record RestoredDatabase(Path path, String user, String password) {
  private static final String SUFFIX = ".mv.db";

  /// Has all requests sent again that wait for an answer: what was in the topics is lost, or of
  /// another day. A stage that has done its work already answers at once.
  ///
  /// @return how many
  /// @throws StartException where it is no database of ours, or one of a newer version
  public int sendAllAgain() {
    String url = url();
    refuseNewer(url);
    try (Connection connection = DriverManager.getConnection(url, user, password);
        var statement = connection.createStatement()) {
      return statement.executeUpdate("update outbox set sent_at = null where sent_at is not null");
    } catch (SQLException e) {
      throw unusable(e);
    }
  }

  private String url() {
    String name = path.toAbsolutePath().toString();
    return "jdbc:h2:file:"
        + name.substring(0, name.length() - SUFFIX.length())
        + ";IFEXISTS=TRUE;WRITE_DELAY=0";
  }

  private void refuseNewer(String url) {
    MigrationInfo[] applied;
    try {
      applied =
          Flyway.configure()
              .dataSource(url, user, password)
              .locations("classpath:dev/modgate/watcher/db/migration")
              .load()
              .info()
              .applied();
    } catch (FlywayException e) {
      throw unusable(e);
    }
    if (applied.length == 0) {
      throw new StartException("the database in the backup is not Modgate's");
    }
    Arrays.stream(applied)
        .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
        .findFirst()
        .ifPresent(migration -> {
          throw new StartException(
              "the database in the backup is of a newer Modgate than this one: it has migration "
                  + migration.getVersion());
        });
  }

  private static StartException unusable(Exception e) {
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new StartException("the database in the backup can't be opened: " + Quoted.of(why), e);
  }
}
