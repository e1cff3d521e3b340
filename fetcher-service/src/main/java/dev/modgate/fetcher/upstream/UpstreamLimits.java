package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.http.TimeLimits;
import dev.modgate.fetcher.resilience.ResiliencePolicy;

/// With how much patience an upstream is asked, and how much is asked of it.
public record UpstreamLimits(TimeLimits times, ResiliencePolicy resilience) {}
