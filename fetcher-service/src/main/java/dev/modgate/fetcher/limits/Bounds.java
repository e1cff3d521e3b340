package dev.modgate.fetcher.limits;

import dev.modgate.fetcher.http.TimeLimits;
import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.upstream.UpstreamLimits;
import dev.modgate.start.Check;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// What limits may be.
public final class Bounds {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);

  private Bounds() {}

  /// Notes what is impossible.
  ///
  /// @param key where they stand, with a dot at the end; empty for the usual ones
  public static void check(Check check, String key, UpstreamLimits limits) {
    TimeLimits times = limits.times();
    ResiliencePolicy policy = limits.resilience();
    check
        .time(key + "connect-timeout", times.connect(), LEAST, DAY)
        .time(key + "header-timeout", times.header(), LEAST, Patience.IN_PLACE)
        .time(key + "total-timeout", policy.trying().total(), LEAST, Patience.IN_PLACE)
        .time(key + "idle-timeout", times.idle(), LEAST, DAY)
        .size(
            key + "min-throughput",
            DataSize.ofBytes(times.minBytesPerSecond()),
            DataSize.ofBytes(1),
            DataSize.ofGigabytes(1))
        .number(key + "requests-per-upstream", policy.load().requests(), 3, 10_000)
        .number(key + "requests-per-second", policy.load().perSecond(), 0, 100_000)
        .time(key + "remember-absence", policy.rememberAbsence(), Duration.ZERO, DAY);
    check(check, key + "retry.", policy.trying());
    check(check, key + "breaker.", policy.opening());
  }

  private static void check(Check check, String key, ResiliencePolicy.Trying trying) {
    check
        .number(key + "tries", trying.tries(), 1, 10)
        .time(key + "first-wait", trying.firstWait(), Duration.ofMillis(10), DAY)
        .time(key + "max-wait", trying.maxWait(), trying.firstWait(), DAY)
        .time(key + "max-retry-after", trying.maxRetryAfter(), Duration.ZERO, DAY);
  }

  private static void check(Check check, String key, ResiliencePolicy.Opening opening) {
    int mostCalls = opening.by() == ResiliencePolicy.By.CALLS ? opening.window() : 10_000;
    check
        .number(key + "window", opening.window(), 1, 10_000)
        .number(key + "min-calls", opening.minCalls(), 1, mostCalls)
        .number(key + "failure-percent", opening.failurePercent(), 1, 100)
        .time(key + "slow-after", opening.slowAfter(), LEAST, DAY)
        .number(key + "slow-percent", opening.slowPercent(), 1, 100)
        .time(key + "open-wait", opening.openWait(), Duration.ofMillis(100), DAY)
        .number(key + "probes", opening.probes(), 1, 100);
  }
}
