package dev.modgate.watcher.run;

import dev.modgate.pipeline.stage.Fatal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Takes runs that are due, a bounded number at once, each on a thread of its own.
public final class RunWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
  private static final Duration IDLE = Duration.ofSeconds(1);

  /// What was read at a kill is read again after so long. A reading that takes longer keeps its
  /// lease, because it is renewed; where that fails two read the same, and one of them is taken.
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration RENEWED_EVERY = Duration.ofSeconds(8);

  /// A ref that can't be read for so long is given up; the next push begins anew.
  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(7);

  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofHours(1));

  private final RunRows rows;
  private final Reading reading;
  private final Clock clock;
  private final int atOnce;
  private final Semaphore free;
  private final Semaphore work = new Semaphore(1);
  private final Map<String, RunRows.Leased> reads = new ConcurrentHashMap<>();
  private Instant renewed;
  private final Thread thread = new Thread(this::run, "run-worker");
  private volatile boolean closed;
  private boolean failing;

  /// @param atOnce runs that are read at a time
  RunWorker(RunRows rows, Reading reading, Clock clock, int atOnce) {
    this.rows = rows;
    this.reading = reading;
    this.clock = clock;
    this.atOnce = atOnce;
    this.free = new Semaphore(atOnce);
    this.renewed = clock.instant();
  }

  public void start() {
    thread.start();
  }

  /// There is something to read.
  public void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  private void run() {
    while (!closed) {
      try {
        var _ = work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        renewSome();
        leaseSome();
        failing = false;
      } catch (InterruptedException e) {
        return; // closed
      } catch (DataAccessException | TransactionException e) {
        if (!failing) {
          LOG.warn("runs wait: {}", e.toString());
        }
        failing = true;
      } catch (RuntimeException e) {
        if (!failing) {
          LOG.error("runs wait", e);
        }
        failing = true;
      } catch (Error e) {
        Fatal.halt("the run worker", e);
      }
    }
  }

  /// So that what is still read is not taken by another.
  void renewSome() {
    Instant now = clock.instant();
    if (!now.isBefore(renewed.plus(RENEWED_EVERY))) {
      rows.renew(reads.values(), now.plus(LEASE));
      renewed = now;
    }
  }

  void leaseSome() {
    int room = free.availablePermits();
    if (closed || room == 0) {
      return;
    }
    for (RunRows.Leased run : rows.lease(room, clock.instant(), LEASE)) {
      free.acquireUninterruptibly(); // there is room: only this thread takes it
      reads.put(run.id(), run);
      Thread.ofVirtual().name("run-" + run.id()).start(() -> readAndFree(run));
    }
  }

  private void readAndFree(RunRows.Leased run) {
    try {
      read(run);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("run {} waits for the end of its lease: {}", run.id(), e.toString());
    } catch (Error e) {
      Fatal.halt("a run", e);
    } finally {
      reads.remove(run.id(), run);
      free.release();
      wake();
    }
  }

  private void read(RunRows.Leased run) {
    Reading.Outcome outcome;
    try {
      outcome = reading.read(run);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("run {} of {} is tried again", run.id(), run.source(), e);
      outcome = new Reading.Outcome.Later("the database did not take it");
    } catch (RuntimeException e) {
      LOG.error("run {} of {} broke", run.id(), run.source(), e);
      outcome = new Reading.Outcome.Later("unexpected: " + e.getClass().getSimpleName());
    }
    end(run, outcome);
  }

  private void end(RunRows.Leased run, Reading.Outcome outcome) {
    var now = clock.instant();
    switch (outcome) {
      case Reading.Outcome.Done(var sentence) -> rows.end(run, "done", sentence, now);
      case Reading.Outcome.Failed(var sentence) -> {
        LOG.warn("source {}, {}: {}", run.source(), run.repository(), sentence);
        rows.end(run, "failed", sentence, now);
      }
      case Reading.Outcome.Later(var sentence) -> {
        if (run.begun().plus(GIVEN_UP_AFTER).isBefore(now)) {
          rows.end(run, "failed", "given up: " + sentence, now);
        } else {
          Duration wait = WAITS.get(Math.min(run.attempt(), WAITS.size()) - 1);
          rows.later(run, sentence, now.plus(wait));
        }
      }
    }
  }

  /// Waits for runs that are being read, for a while; the others are read after the next start.
  @Override
  public void close() {
    closed = true;
    wake(); // an interrupt in the midst of a write closes the file of an embedded database
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
      var _ = free.tryAcquire(atOnce, 5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
