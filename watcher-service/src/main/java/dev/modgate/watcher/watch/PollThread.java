package dev.modgate.watcher.watch;

import dev.modgate.pipeline.stage.Fatal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Polls what is due, a few modules at a time.
final class PollThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PollThread.class);
  private static final int AT_ONCE = 8;
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration STILL_EVERY = Duration.ofSeconds(15);
  private static final Duration LOOKS_EVERY = Duration.ofMillis(200);

  private final ModulePolls polls;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "module-polls");
  private boolean failing;

  PollThread(ModulePolls polls) {
    this.polls = polls;
  }

  void start() {
    thread.start();
  }

  private void run() {
    Duration settleEvery = polls.settleEvery();
    long settled = System.nanoTime() - settleEvery.toNanos();
    try {
      while (!closed.await(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          if (System.nanoTime() - settled >= settleEvery.toNanos()) {
            polls.settle();
            settled = System.nanoTime();
          }
          pollAll();
          failing = false;
        } catch (DataAccessException | TransactionException e) {
          failed(e, false);
        } catch (RuntimeException e) {
          failed(e, true);
        }
      }
    } catch (InterruptedException e) {
      // closed
    } catch (Error e) {
      Fatal.halt("module polls", e);
    }
  }

  private void pollAll() throws InterruptedException {
    List<WatchRows.Poll> due = polls.take(AT_ONCE);
    while (!due.isEmpty() && closed.getCount() > 0) {
      var threads = new LinkedHashMap<WatchRows.Poll, Thread>();
      due.forEach(poll -> threads.put(poll, Thread.ofVirtual().start(() -> poll(poll))));
      awaitEnd(threads);
      due = closed.getCount() > 0 ? polls.take(AT_ONCE) : List.of();
    }
  }

  private void awaitEnd(Map<WatchRows.Poll, Thread> threads) throws InterruptedException {
    long said = System.nanoTime();
    for (Thread each : threads.values()) {
      while (closed.getCount() > 0 && !each.join(LOOKS_EVERY)) {
        if (System.nanoTime() - said >= STILL_EVERY.toNanos()) {
          said = System.nanoTime();
          threads.forEach((poll, thread) -> {
            if (thread.isAlive()) {
              polls.goesOn(poll);
            }
          });
        }
      }
    }
  }

  private void poll(WatchRows.Poll poll) {
    try {
      polls.poll(poll);
    } catch (RuntimeException e) {
      LOG.warn("{} is polled again later", poll.module(), e);
    } catch (Error e) {
      Fatal.halt("module polls", e);
    }
  }

  private void failed(RuntimeException e, boolean isBug) {
    if (!failing && isBug) {
      LOG.error("module polls wait", e);
    } else if (!failing) {
      LOG.warn("module polls wait: {}", e.toString());
    }
    failing = true;
  }

  /// Interrupts nobody: in the midst of a write that closes the file of an embedded database.
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
