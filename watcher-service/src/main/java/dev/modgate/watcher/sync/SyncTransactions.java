package dev.modgate.watcher.sync;

import dev.modgate.watcher.outbox.Outbox;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/// Transactions that ask for modules. They are tried again while others hold the rows of the same
/// modules; what those asked for by then is attached to.
public final class SyncTransactions {
  /// Clients give up after 60 s.
  private static final Duration TRY_FOR = Duration.ofSeconds(30);

  private final TransactionTemplate transaction;
  private final Outbox outbox;

  public SyncTransactions(TransactionTemplate transaction, Outbox outbox) {
    this.transaction = transaction;
    this.outbox = outbox;
  }

  /// @throws DataAccessException when the database did not take it within half a minute
  <T> T run(Supplier<T> work) {
    long began = System.nanoTime();
    while (true) {
      try {
        T done = Objects.requireNonNull(transaction.execute(_ -> work.get()));
        outbox.wakeRelay();
        return done;
      } catch (DuplicateKeyException | TransientDataAccessException e) {
        // a lock that is waited for too long is a QueryTimeoutException in H2
        if (System.nanoTime() - began > TRY_FOR.toNanos()) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /// At random, so that those who met here do not meet again.
  private static void pause(DataAccessException met) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(20, 400));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw met;
    }
  }
}
