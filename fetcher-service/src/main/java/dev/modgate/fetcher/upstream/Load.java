package dev.modgate.fetcher.upstream;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// How much is asked of an upstream: requests at a time, and in each second. Who finds it full
/// waits for a turn. Safe for use by many threads.
final class Load {
  /// For one of the requests under way to end. Downloads may last, but not all of them.
  private static final Duration TURN = Duration.ofMinutes(10);

  private final String name;
  private final ResiliencePolicy.Load policy;
  private final Bulkhead bulkhead;
  private final @Nullable RateLimiter limiter;

  Load(String name, ResiliencePolicy.Load policy) {
    this.name = name;
    this.policy = policy;
    this.bulkhead =
        Bulkhead.of(
            name,
            BulkheadConfig.custom()
                .maxConcurrentCalls(policy.requests())
                .maxWaitDuration(TURN)
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

  /// Empty where a request may be made, and [#release] is to follow; else why not.
  Optional<String> acquire(Patience patience) throws InterruptedException {
    if (!bulkhead.tryAcquirePermission()) {
      if (Thread.interrupted()) {
        throw new InterruptedException(name);
      }
      return Optional.of(
          name + " is busy with " + policy.requests() + " requests of ours for a long time");
    }
    boolean may = false;
    try {
      may = limiter == null || isWithinRate(limiter, patience);
    } finally {
      if (!may) {
        bulkhead.onComplete();
      }
    }
    return may
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

  void release() {
    bulkhead.onComplete();
  }
}
