package dev.modgate.fetcher.limits;

import dev.modgate.fetcher.resilience.ResiliencePolicy;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a file is asked for again.
public record Tries(
    @DefaultValue("3") int tries,
    @DefaultValue("500ms") Duration firstWait,
    @DefaultValue("10s") Duration maxWait,
    @DefaultValue("30s") Duration maxRetryAfter) {

  public ResiliencePolicy.Trying policy(Duration total) {
    return new ResiliencePolicy.Trying(tries, firstWait, maxWait, maxRetryAfter, total);
  }
}
