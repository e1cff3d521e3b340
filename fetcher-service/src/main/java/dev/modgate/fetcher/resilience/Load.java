package dev.modgate.fetcher.resilience;

import dev.modgate.fetcher.source.Patience;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How much is asked of an upstream: requests at a time, and in each second. Who finds it full
/// waits for a turn, in the order of coming, or goes elsewhere. Safe for use by many threads.
public final class Load {
  private final String name;
  private final ResiliencePolicy.Load policy;
  private final Bulkhead bulkhead;
  private final @Nullable RateLimiter limiter;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private int waiting;

  public Load(String name, ResiliencePolicy.Load policy) {
    this.name = name;
    this.policy = policy;
    this.bulkhead =
        Bulkhead.of(
            name,
            BulkheadConfig.custom()
                .maxConcurrentCalls(policy.requests())
                .maxWaitDuration(Duration.ZERO)
                .build());
    this.limiter =
        policy.perSecond() == 0
            ? null
            : RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                    .limitForPeriod(policy.perSecond())
                    .limitRefreshPeriod(Duration.ofSeconds(1))
                    .timeoutDuration(Patience.IN_PLACE)
                    .build());
  }

  /// Whether there was a free slot, and nobody who waits for it.
  private boolean tryEnter() {
    lock.lock();
    try {
      return waiting == 0 && bulkhead.tryAcquirePermission();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a slot; [#release] is to follow. What takes them all are downloads that make
  /// progress, so the wait is exempt from patience as they are, within [Patience#leftForSlots].
  ///
  /// @return whether there was one in time
  public boolean enter(Patience patience, Duration most) throws InterruptedException {
    if (tryEnter()) {
      return true;
    }
    Duration wait = most.compareTo(patience.leftForSlots()) < 0 ? most : patience.leftForSlots();
    if (wait.isZero()) {
      return false;
    }
    patience.waitsForSlot();
    try {
      return waited(wait);
    } finally {
      patience.waitedForSlot();
    }
  }

  private boolean waited(Duration most) throws InterruptedException {
    lock.lockInterruptibly();
    boolean othersFirst = waiting > 0;
    waiting++;
    try {
      long left = most.toNanos();
      while (othersFirst || !bulkhead.tryAcquirePermission()) {
        if (left <= 0) {
          return false;
        }
        left = released.awaitNanos(left);
        othersFirst = false;
      }
      if (bulkhead.getMetrics().getAvailableConcurrentCalls() > 0) {
        released.signal(); // two were released before the first could take one
      }
      return true;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /// Why nobody got a slot in time.
  public String busy() {
    return name + " is busy with " + policy.requests() + " requests of ours for a long time";
  }

  /// Waits until the rate allows one more request.
  ///
  /// @return why none is allowed soon enough; else empty
  public Optional<String> pace(Patience patience) throws InterruptedException {
    return limiter == null || isWithinRate(limiter, patience)
        ? Optional.empty()
        : Optional.of(
            name + " is asked " + policy.perSecond() + " times a second already, as the limit is");
  }

  private static boolean isWithinRate(RateLimiter limiter, Patience patience)
      throws InterruptedException {
    long most = patience.forAnswer(Patience.IN_PLACE).toNanos();
    long wait = limiter.reservePermission();
    if (wait > most || wait < 0) {
      return false;
    }
    TimeUnit.NANOSECONDS.sleep(wait);
    return true;
  }

  public void release() {
    lock.lock();
    try {
      bulkhead.onComplete();
      released.signal();
    } finally {
      lock.unlock();
    }
  }
}
