package dev.modgate.watcher.host;

import dev.modgate.watcher.database.AwayException;
import org.slf4j.Logger;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Tells the log what keeps a worker from its work, each thing once until it is over. For many
/// threads.
public final class Trouble {
  private static final String DATABASE = "database";

  private final Logger log;
  private final String what;
  private String told = "";

  /// @param what does not happen, such as `groups are not looked at`
  public Trouble(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  /// A database that is away is a warning, all else a bug.
  public synchronized void met(RuntimeException e) {
    if (AwayException.reason(e).isPresent()) {
      return; // that pause is told once for all
    }
    if (e instanceof DataAccessException || e instanceof TransactionException) {
      if (!told.equals(DATABASE)) {
        told = DATABASE;
        log.warn("{}: {}", what, e.toString());
      }
    } else if (!e.toString().equals(told)) {
      told = e.toString();
      log.error(what, e);
    }
  }

  public synchronized void over() {
    told = "";
  }
}
