package dev.modgate.fetcher.upstream;

/// With how much patience an upstream is asked, and how much is asked of it.
public record UpstreamLimits(TimeLimits times, ResiliencePolicy resilience) {}
