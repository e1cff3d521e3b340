package dev.modgate.watcher;

import dev.modgate.start.StartException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/// Brings an older database up to date, and leaves one of a newer Modgate alone: this one would
/// write rows that the newer can't use.
final class KnownMigrations implements FlywayMigrationStrategy {

  /// @throws StartException where the database is of a newer Modgate, or of another one
  @Override
  public void migrate(Flyway flyway) {
    Arrays.stream(flyway.info().applied())
        .filter(KnownMigrations::isNewer)
        .findFirst()
        .ifPresent(newer -> {
          throw new StartException(
              "the database of modgate.watcher.database.url is of a newer Modgate than this one (it"
                  + " has migration "
                  + newer.getVersion()
                  + "): start that one, or restore a backup that was made before the upgrade");
        });
    try {
      flyway.migrate();
    } catch (FlywayValidateException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new StartException(
          "the database of modgate.watcher.database.url is not as a release of Modgate left it: "
              + why,
          e);
    }
  }

  private static boolean isNewer(MigrationInfo applied) {
    return applied.getState() == MigrationState.FUTURE_SUCCESS
        || applied.getState() == MigrationState.FUTURE_FAILED;
  }
}
