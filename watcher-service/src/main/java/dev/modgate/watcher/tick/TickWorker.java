package dev.modgate.watcher.tick;

import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.host.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/// Follows the syncs and sends ticks, on threads of its own: a host that is slow or away holds up
/// nothing else.
public final class TickWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TickWorker.class);
  private static final int AT_ONCE = 8;
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final Runnable follow;
  private final TickQueue queue;
  private final TickWaits waits;
  private final TickSender sender;
  private final Clock clock;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread = new Thread(this::run, "ticks");
  private final AtomicInteger notAsked = new AtomicInteger(); // one after another
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Trouble trouble = new Trouble(LOG, "commit statuses wait");

  /// @param follow brings what is to be shown up to date
  /// @param random for many threads
  public TickWorker(
      JdbcTemplate jdbc, Runnable follow, TickSender sender, RandomGenerator random, Clock clock) {
    this.follow = follow;
    this.queue = new TickQueue(jdbc, clock);
    this.waits = new TickWaits(random);
    this.sender = sender;
    this.clock = clock;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      followAndSend();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      Fatal.halt("the ticks", e);
    }
  }

  private void followAndSend() throws InterruptedException {
    while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        follow.run();
        notAsked.set(0);
        while (notAsked.get() < AT_ONCE && sendSome() > 0) {
          // more may wait
        }
        trouble.over();
      } catch (RuntimeException e) {
        trouble.met(e);
      }
    }
  }

  /// Begins to send those whose turn it is, as many as there are threads for.
  ///
  /// @return how many; none once it is closed
  int sendSome() throws InterruptedException {
    do { // at least one
      if (closed.getCount() == 0) {
        return 0;
      }
    } while (!free.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    int turns = 1 + free.drainPermits();
    int begun = 0;
    try {
      for (TickQueue.Leased leased : queue.lease(turns)) {
        threads.execute(() -> send(leased));
        begun++;
      }
    } finally {
      free.release(turns - begun);
    }
    return begun;
  }

  /// Waits until nothing is sent any more.
  void awaitSent() throws InterruptedException {
    free.acquire(AT_ONCE);
    free.release(AT_ONCE);
  }

  private void send(TickQueue.Leased leased) {
    try {
      TickSender.Outcome outcome = sender.send(leased.tick());
      notAsked.updateAndGet(n -> outcome instanceof TickSender.Outcome.NotAsked ? n + 1 : 0);
      queue.ended(
          leased, waits.after(outcome, leased.failures(), leased.changedAt(), clock.instant()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: it is sent again when the lease has run out
    } catch (RuntimeException e) {
      trouble.met(e); // the same
    } catch (Error e) {
      Fatal.halt("the sending of ticks", e);
    } finally {
      free.release();
    }
  }

  /// Waits for what is being sent, for a while, and interrupts nobody: in the midst of a write that
  /// closes the file of an embedded database.
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(ENDS_WITHIN.toMillis());
      threads.shutdown();
      var _ = threads.awaitTermination(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
