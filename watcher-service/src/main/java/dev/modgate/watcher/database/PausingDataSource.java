package dev.modgate.watcher.database;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.pause.OwnPauses;
import dev.modgate.watcher.pause.OwnPauses.Cause;
import dev.modgate.watcher.pause.Pause;
import java.io.File;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A pool whose database may be away. A pool that is only busy is no pause: whoever waited too long
/// hears so from the pool itself.
public final class PausingDataSource extends DelegatingDataSource {
  private static final Duration NEXT_TRY = Duration.ofSeconds(1);

  /// Far more than one transaction writes.
  private static final long LEAST_FREE = 4 << 20;

  private final OwnPauses pauses;
  private final Optional<File> folder;
  private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

  /// @param folder that H2 writes to; empty for another database
  public PausingDataSource(DataSource pool, Optional<File> folder, OwnPauses pauses) {
    super(pool);
    this.folder = folder;
    this.pauses = pauses;
  }

  /// @throws AwayException at once while the database is known to be away
  @Override
  public Connection getConnection() throws SQLException {
    checkDisk();
    Pause away = pauses.of(Cause.DATABASE);
    if (away != null && !mayTry()) {
      throw new AwayException(away.reason(), null);
    }
    try {
      Connection connection = super.getConnection();
      pauses.ended(Cause.DATABASE);
      return connection;
    } catch (SQLException e) {
      if (e instanceof SQLTransientConnectionException && e.getCause() == null) {
        throw e; // all connections are in use
      }
      String reason = "the database does not answer: " + firstLine(root(e));
      pauses.lasts(Cause.DATABASE, reason, NEXT_TRY);
      throw new AwayException(reason, e);
    } finally {
      notBefore.set(System.nanoTime() + NEXT_TRY.toNanos());
    }
  }

  /// One at a time: nobody else while a try lasts.
  private boolean mayTry() {
    long due = notBefore.get();
    long now = System.nanoTime();
    return now - due >= 0 && notBefore.compareAndSet(due, now + Duration.ofMinutes(1).toNanos());
  }

  private void checkDisk() throws AwayException {
    if (folder.isEmpty()) {
      return;
    }
    Optional<String> problem =
        PatientFiles.waits()
            .or(() ->
                Optional.of(folder.get()).filter(File::exists).flatMap(PausingDataSource::full));
    if (problem.isPresent()) {
      String reason =
          "the folder of the database, "
              + Quoted.of(folder.get().toString())
              + ", can't be written: "
              + problem.get();
      pauses.lasts(Cause.DISK, reason, NEXT_TRY);
      throw new AwayException(reason, null);
    }
    pauses.ended(Cause.DISK);
  }

  private static Optional<String> full(File folder) {
    long free = folder.getUsableSpace();
    return free >= LEAST_FREE
        ? Optional.empty()
        : Optional.of(free / 1024 + " KiB are free there, want " + LEAST_FREE / 1024);
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return Plain.of(message.lines().findFirst().orElse(""));
  }
}
