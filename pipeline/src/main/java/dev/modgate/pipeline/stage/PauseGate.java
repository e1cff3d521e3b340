package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where items wait while a dependency is down. A pause is logged once when it begins and once when
/// it ends.
final class PauseGate {
  private static final Logger log = LoggerFactory.getLogger(PauseGate.class);

  private final String stage;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PauseState state = new PauseState();
  private final Set<Thread> probes = new HashSet<>();
  private int waiting;
  private volatile boolean resumed;

  /// @param stage for the log
  PauseGate(String stage) {
    this.stage = stage;
  }

  Optional<StageStatus.Pause> current() {
    lock.lock();
    try {
      return state.current();
    } finally {
      lock.unlock();
    }
  }

  /// Pauses, and waits until the pause is over or this thread is the one to try.
  void awaitAfter(String reason, Duration retryAfter) throws InterruptedException {
    lock.lock();
    try {
      boolean probed = probes.remove(Thread.currentThread());
      if (probed || probes.isEmpty()) { // else somebody is trying: what this thread saw is older
        if (state.down(reason, retryAfter, SteadyClock.now())) {
          log.warn("{} pauses: {}; next try in {}", stage, reason, retryAfter);
        }
      }
      waiting++;
      try {
        awaitTurn();
      } finally {
        waiting--;
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn() throws InterruptedException {
    while (state.current().isPresent()) {
      if (state.tryNow(SteadyClock.now())) {
        probes.add(Thread.currentThread());
        return;
      }
      long millis = Duration.between(SteadyClock.now(), nextTry()).toMillis();
      var _ = changed.await(Math.clamp(millis, 5, 1_000), TimeUnit.MILLISECONDS);
    }
  }

  /// What this thread tried, worked. Ends the pause where it was the probe.
  void worked() {
    lock.lock();
    try {
      if (isProbe()) {
        end();
      }
    } finally {
      lock.unlock();
    }
  }

  /// This thread will not tell how its try ended.
  void gaveUp() {
    lock.lock();
    try {
      if (probes.remove(Thread.currentThread())) {
        state.gaveUp();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Somebody says that it works again: the next try is due now.
  void resume() {
    lock.lock();
    try {
      state.tryAtOnce(SteadyClock.now());
      resumed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether somebody said so since this was asked last.
  boolean takeResumed() {
    boolean was = resumed;
    resumed = false;
    return was;
  }

  /// Lets new items in when the next try is due and no item is left that could begin it.
  void endIfNobodyTries() {
    lock.lock();
    try {
      if (waiting == 0 && state.mayTry(SteadyClock.now())) {
        end();
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    probes.clear();
    state
        .up()
        .ifPresent(pause ->
            log.info(
                "{} goes on after a pause of {}: {}",
                stage,
                Duration.between(pause.since(), SteadyClock.now()),
                pause.reason()));
    changed.signalAll();
  }

  private boolean isProbe() {
    return probes.contains(Thread.currentThread());
  }

  private Instant nextTry() {
    return state.current().map(StageStatus.Pause::nextTry).orElseGet(SteadyClock::now);
  }
}
