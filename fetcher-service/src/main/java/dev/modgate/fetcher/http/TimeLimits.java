package dev.modgate.fetcher.http;

import java.time.Duration;

/// How long an upstream may take over HTTP.
///
/// @param connect for a connection, TLS included
/// @param header from the request to the head of the answer: a mirror may fetch first
/// @param idle how long no byte may come within a body
/// @param minBytesPerSecond what a body must make on average in each minute of waiting for it
public record TimeLimits(
    Duration connect, Duration header, Duration idle, long minBytesPerSecond) {}
