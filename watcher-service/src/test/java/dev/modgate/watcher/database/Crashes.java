package dev.modgate.watcher.database;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/// Transactions, of which the next may be lost at its commit, as when the process is killed there,
/// or the next ones not even begin.
public final class Crashes extends JdbcTransactionManager {
  private static final long serialVersionUID = 1L;

  private volatile boolean next;
  private final AtomicInteger away = new AtomicInteger();

  Crashes(DataSource source) {
    super(source);
  }

  public void loseNextCommit() {
    next = true;
  }

  public void beAway(int times) {
    away.set(times);
  }

  @Override
  protected void doBegin(Object transaction, TransactionDefinition definition) {
    if (away.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new CannotCreateTransactionException("nobody answers");
    }
    super.doBegin(transaction, definition);
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    if (next) {
      next = false;
      doRollback(status);
      throw new CrashException();
    }
    super.doCommit(status);
  }

  /// What is after the lost commit did not happen.
  public static final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
