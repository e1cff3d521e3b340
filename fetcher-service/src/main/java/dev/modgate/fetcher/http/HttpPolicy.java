package dev.modgate.fetcher.http;

import dev.modgate.start.connect.Reach;
import java.util.Set;

/// How all upstreams are spoken to.
///
/// @param redirectHosts `host` or `host:port` that redirects may lead to, besides upstreams
/// @param redirectsToPrivate whether such a host may be this machine, or in a private network
/// @param userAgent of every request
/// @param reach how they are reached
public record HttpPolicy(
    Set<String> redirectHosts, boolean redirectsToPrivate, String userAgent, Reach reach) {
  static final int MAX_REDIRECTS = 5;

  public HttpPolicy {
    redirectHosts = Set.copyOf(redirectHosts);
  }
}
