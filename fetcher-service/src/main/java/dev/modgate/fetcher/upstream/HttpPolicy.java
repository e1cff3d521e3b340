package dev.modgate.fetcher.upstream;

import dev.modgate.gomod.quote.Quoted;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// How upstreams are spoken to.
///
/// @param connectTimeout for a connection, TLS included
/// @param headerTimeout from the request to the head of the answer: a mirror may fetch first
/// @param idleTimeout how long no byte may come within a body
/// @param minBytesPerSecond what a body must make on average in each minute of waiting for it
/// @param redirectHosts hosts that redirects may lead to, besides the one that was asked
/// @param userAgent of every request
public record HttpPolicy(
    Duration connectTimeout,
    Duration headerTimeout,
    Duration idleTimeout,
    long minBytesPerSecond,
    Set<String> redirectHosts,
    String userAgent) {
  static final int MAX_REDIRECTS = 5;

  public HttpPolicy {
    redirectHosts = Set.copyOf(redirectHosts);
  }

  /// Why a redirect is not followed; empty where it is. No answer may lead the fetcher to a host
  /// that nobody configured, nor from https to http.
  Optional<String> redirectFault(URI from, URI to) {
    String scheme = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
    String host = to.getHost();
    if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
      return Optional.of("redirects to no http or https address");
    }
    if (scheme.equals("http") && from.getScheme().equals("https")) {
      return Optional.of("redirects from https to http at host " + Quoted.of(host));
    }
    if (!host.equalsIgnoreCase(from.getHost())
        && !redirectHosts.contains(host.toLowerCase(Locale.ROOT))) {
      return Optional.of(
          "redirects to host "
              + Quoted.of(host)
              + ", which is neither an upstream nor in modgate.fetcher.redirect-hosts");
    }
    return Optional.empty();
  }
}
