package dev.modgate.fetcher.upstream;

import java.time.Duration;

/// When an upstream is tried again, and when it is left alone.
///
/// @param tries of one file, the first included
/// @param firstWait before the second try; doubles from try to try, and is spread at random by half
/// @param maxWait between two tries
/// @param maxRetryAfter longest `Retry-After` that is waited for; a longer one ends the tries
/// @param requests at one upstream at a time
/// @param window how many calls the breaker looks back on for the rate of failed connections
/// @param minCalls before the breaker judges by the rate; so many failed connections in a row open
///   it
/// @param failurePercent of calls in the window, whose failed connections open the breaker
/// @param openWait how long an open breaker lets nothing through
/// @param probes that are let through afterwards to see whether it works again; one answer closes
///   it
public record ResiliencePolicy(
    int tries,
    Duration firstWait,
    Duration maxWait,
    Duration maxRetryAfter,
    int requests,
    int window,
    int minCalls,
    int failurePercent,
    Duration openWait,
    int probes) {}
