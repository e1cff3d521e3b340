package dev.modgate.fetcher.limits;

import dev.modgate.fetcher.resilience.ResiliencePolicy;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When an upstream is left alone.
public record Breaker(
    @DefaultValue("calls") ResiliencePolicy.By windowOf,
    @DefaultValue("20") int window,
    @DefaultValue("6") int minCalls,
    @DefaultValue("50") int failurePercent,
    @DefaultValue("45s") Duration slowAfter,
    @DefaultValue("100") int slowPercent,
    @DefaultValue("15s") Duration openWait,
    @DefaultValue("3") int probes) {

  public ResiliencePolicy.Opening policy() {
    return new ResiliencePolicy.Opening(
        windowOf, window, minCalls, failurePercent, slowAfter, slowPercent, openWait, probes);
  }
}
