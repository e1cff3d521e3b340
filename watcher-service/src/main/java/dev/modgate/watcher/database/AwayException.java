package dev.modgate.watcher.database;

import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// There is no connection, because the database is away; the pause is told elsewhere.
public final class AwayException extends SQLTransientConnectionException {
  private static final long serialVersionUID = 1L;

  AwayException(String reason, @Nullable Throwable cause) {
    super(reason, "08001", cause);
  }

  /// Why the database is away, where that is what went wrong.
  public static Optional<String> reason(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof AwayException away) {
        return Optional.of(String.valueOf(away.getMessage()));
      }
    }
    return Optional.empty();
  }
}
