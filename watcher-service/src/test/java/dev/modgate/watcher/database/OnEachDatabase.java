package dev.modgate.watcher.database;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Every test of a subclass runs once on each database; skipped, with the reason, on one that this
/// machine does not have. Each starts with empty tables.
@ParameterizedClass(name = "{0}")
@EnumSource(Database.class)
public abstract class OnEachDatabase {
  @Parameter protected Database database = Database.H2;

  protected WatcherParts watcher;

  @BeforeEach
  final void emptyTables() throws Exception {
    watcher = new WatcherParts(Databases.empty(database));
  }
}
