package dev.modgate.watcher.database;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;

/// Transactions, of which the next may be lost at its commit, as when the process is killed there,
/// or the next ones not even begin.
public final class Crashes extends JdbcTransactionManager {
  private static final long serialVersionUID = 1L;

  private volatile boolean next;
  private volatile @Nullable Held held;
  private final AtomicInteger away = new AtomicInteger();

  Crashes(DataSource source) {
    super(source);
  }

  public void loseNextCommit() {
    next = true;
  }

  /// Stops the next transaction at its commit, until it is let go.
  public Held holdNextCommit() {
    var hold = new Held(new CountDownLatch(1), new CountDownLatch(1));
    held = hold;
    return hold;
  }

  /// @param reached the transaction has done everything but its commit
  public record Held(CountDownLatch reached, CountDownLatch go) {
    private void pass() {
      reached.countDown();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
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
    Held hold = held;
    if (hold != null) {
      held = null;
      hold.pass();
    }
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
