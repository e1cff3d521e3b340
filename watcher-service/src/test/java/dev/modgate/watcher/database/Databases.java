package dev.modgate.watcher.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.modgate.testsupport.PostgresServer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Assumptions;
import org.springframework.jdbc.core.JdbcTemplate;

/// One migrated database of each kind, for all tests of this process.
final class Databases {
  private static final Map<Database, Opened> OPENED = new EnumMap<>(Database.class);

  private Databases() {}

  private sealed interface Opened {
    record Ready(DataSource source) implements Opened {}

    record Missing(String reason) implements Opened {}
  }

  /// With all migrations applied and nothing in the tables; skips the test where this machine has
  /// no such database.
  static synchronized DataSource empty(Database kind) throws Exception {
    Opened opened = OPENED.get(kind);
    if (opened == null) {
      opened = open(kind);
      OPENED.put(kind, opened);
    }
    return switch (opened) {
      case Opened.Ready(var source) -> {
        var jdbc = new JdbcTemplate(source);
        empty(kind, jdbc);
        yield source;
      }
      case Opened.Missing(var reason) -> Assumptions.abort(reason);
    };
  }

  private static void empty(Database kind, JdbcTemplate jdbc) {
    List<String> tables =
        jdbc.queryForList(
            "select table_name from information_schema.tables where table_type = 'BASE TABLE'"
                + " and lower(table_schema) = 'public'"
                + " and lower(table_name) not like 'flyway%'",
            String.class);
    switch (kind) {
      case H2 -> {
        jdbc.execute("set referential_integrity false");
        tables.forEach(table -> jdbc.execute("truncate table " + table));
        jdbc.execute("set referential_integrity true");
      }
      case POSTGRESQL -> jdbc.execute("truncate table " + String.join(", ", tables) + " cascade");
    }
  }

  private static Opened open(Database kind) throws Exception {
    return switch (kind) {
      case H2 -> ready("jdbc:h2:mem:watcher;DB_CLOSE_DELAY=-1");
      case POSTGRESQL ->
          switch (PostgresServer.start()) {
            case PostgresServer.Start.Running(var url, _) -> ready(url);
            case PostgresServer.Start.Missing(var reason) -> new Opened.Missing(reason);
          };
    };
  }

  private static Opened ready(String url) {
    var pool = new HikariDataSource();
    pool.setPoolName("test");
    pool.setJdbcUrl(url);
    pool.setUsername("modgate");
    pool.setMaximumPoolSize(8);
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:dev/modgate/watcher/db/migration")
        .load()
        .migrate();
    return new Opened.Ready(pool);
  }
}
