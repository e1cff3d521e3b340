package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.connect.Reach;
import java.util.Set;

/// How all upstreams are spoken to.
///
/// @param redirectHosts `host` or `host:port` that redirects may lead to, besides upstreams
/// @param userAgent of every request
/// @param reach how they are reached
public record HttpPolicy(Set<String> redirectHosts, String userAgent, Reach reach) {
  static final int MAX_REDIRECTS = 5;

  public HttpPolicy {
    redirectHosts = Set.copyOf(redirectHosts);
  }
}
