package dev.modgate.fetcher.limits;

import static java.util.Objects.requireNonNullElse;

import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.resilience.ResiliencePolicy.Opening;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// As [Breaker]; null for what is as usual.
public record OwnBreaker(
    ResiliencePolicy.@Nullable By windowOf,
    @Nullable Integer window,
    @Nullable Integer minCalls,
    @Nullable Integer failurePercent,
    @Nullable Duration slowAfter,
    @Nullable Integer slowPercent,
    @Nullable Duration openWait,
    @Nullable Integer probes) {
  static final OwnBreaker NONE = new OwnBreaker(null, null, null, null, null, null, null, null);

  Opening over(Opening usual) {
    return new Opening(
        requireNonNullElse(windowOf, usual.by()),
        requireNonNullElse(window, usual.window()),
        requireNonNullElse(minCalls, usual.minCalls()),
        requireNonNullElse(failurePercent, usual.failurePercent()),
        requireNonNullElse(slowAfter, usual.slowAfter()),
        requireNonNullElse(slowPercent, usual.slowPercent()),
        requireNonNullElse(openWait, usual.openWait()),
        requireNonNullElse(probes, usual.probes()));
  }
}
