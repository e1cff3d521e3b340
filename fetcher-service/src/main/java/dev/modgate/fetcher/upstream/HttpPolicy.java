package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.connect.Reach;
import java.time.Duration;
import java.util.Set;

/// How upstreams are spoken to.
///
/// @param connectTimeout for a connection, TLS included
/// @param headerTimeout from the request to the head of the answer: a mirror may fetch first
/// @param idleTimeout how long no byte may come within a body
/// @param minBytesPerSecond what a body must make on average in each minute of waiting for it
/// @param redirectHosts `host` or `host:port` that redirects may lead to, besides upstreams
/// @param userAgent of every request
/// @param reach how they are reached
public record HttpPolicy(
    Duration connectTimeout,
    Duration headerTimeout,
    Duration idleTimeout,
    long minBytesPerSecond,
    Set<String> redirectHosts,
    String userAgent,
    Reach reach) {
  static final int MAX_REDIRECTS = 5;

  public HttpPolicy {
    redirectHosts = Set.copyOf(redirectHosts);
  }
}
