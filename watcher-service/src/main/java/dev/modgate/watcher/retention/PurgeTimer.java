package dev.modgate.watcher.retention;

import dev.modgate.pipeline.stage.Fatal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Looks each minute whether a purge is due, on a thread of its own.
final class PurgeTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PurgeTimer.class);
  private static final Duration IDLE = Duration.ofMinutes(1);

  /// Between two batches, so that requests and results come first.
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Purge purge;
  private final Semaphore work = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "purge");
  private boolean failing;

  PurgeTimer(Purge purge) {
    this.purge = purge;
  }

  void start() {
    thread.start();
  }

  /// A purge may be due.
  void wake() {
    work.release();
  }

  private void run() {
    while (closed.getCount() > 0) {
      try {
        var _ = work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        if (closed.getCount() > 0) {
          var _ = purge.purgeIfDue(this::pauseAndGoOn);
          failing = false;
        }
      } catch (InterruptedException e) {
        return; // closed
      } catch (DataAccessException | TransactionException e) {
        if (!failing) {
          LOG.warn("nothing is purged now: {}", e.toString());
        }
        failing = true;
      } catch (RuntimeException e) {
        if (!failing) {
          LOG.error("nothing is purged now", e);
        }
        failing = true;
      } catch (Error e) {
        Fatal.halt("the purge", e);
      }
    }
  }

  private boolean pauseAndGoOn() {
    try {
      return !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Ends after the batch that is being deleted.
  @Override
  public void close() {
    closed.countDown();
    wake();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
