package dev.modgate.watcher.database;

import dev.modgate.start.StartException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/// Waits for a database that can't be reached yet: it may be started after the watcher, or be away
/// just then. What waiting can't mend, such as a wrong password, is an error at once.
public final class DatabaseAtStart {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// No connection; the server ends, crashed, or is starting. From PostgreSQL's appendix A.
  private static final Set<String> NOT_YET =
      Set.of("08000", "08001", "08003", "08006", "57P01", "57P02", "57P03");

  private final DataSource database;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private DatabaseAtStart(DataSource database) {
    this.database = database;
  }

  /// Returns when the database has answered.
  ///
  /// @param database says itself that it waits
  /// @throws SQLException where waiting would be in vain
  /// @throws StartException where the process is stopped meanwhile
  public static void await(DataSource database) throws SQLException {
    var start = new DatabaseAtStart(database);
    Thread stop = new Thread(start.stopped::countDown, "stop-waiting-for-the-database");
    Runtime.getRuntime().addShutdownHook(stop);
    start.run();
    Runtime.getRuntime().removeShutdownHook(stop);
  }

  private void run() throws SQLException {
    while (!answers()) {
      try {
        if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new StartException("stopped before the database answered");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartException("stopped before the database answered", e);
      }
    }
  }

  private boolean answers() throws SQLException {
    try (var _ = database.getConnection()) {
      return true;
    } catch (SQLException e) {
      if (isNotYet(e)) {
        return false;
      }
      throw e;
    }
  }

  /// The innermost state counts: what wraps it is the pool's.
  static boolean isNotYet(SQLException e) {
    String state = "";
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        state = sql.getSQLState();
      }
    }
    return NOT_YET.contains(state);
  }
}
