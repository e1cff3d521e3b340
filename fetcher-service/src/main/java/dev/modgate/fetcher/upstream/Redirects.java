package dev.modgate.fetcher.upstream;

import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.quote.Quoted;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where answers may lead: to nobody that nobody configured.
///
/// @param upstreams all of the chain; a redirect may lead from one to another
/// @param hosts what else is allowed, in lower case: `host` at the port of http or https, or
///   `host:port`; never this machine, nor an address of private networks
record Redirects(Set<Origin> upstreams, Set<String> hosts) {
  static Redirects of(List<ProxyList.Upstream> upstreams, Set<String> hosts) {
    return new Redirects(
        upstreams.stream().flatMap(u -> Origin.of(u.uri()).stream()).collect(Collectors.toSet()),
        hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
  }

  /// Why a redirect is not followed; empty where it is. None leads from https to http.
  Optional<String> fault(URI from, URI to) {
    Optional<Origin> target = Origin.of(to);
    if (target.isEmpty()) {
      return Optional.of("redirects to no http or https address");
    }
    Origin origin = target.get();
    if (origin.scheme().equals("http") && "https".equalsIgnoreCase(from.getScheme())) {
      return Optional.of("redirects from https to http at host " + Quoted.of(origin.host()));
    }
    return upstreams.contains(origin) || isAllowed(origin)
        ? Optional.empty()
        : Optional.of("redirects to host " + Quoted.of(shown(origin)) + why(origin));
  }

  private boolean isAllowed(Origin origin) {
    return !origin.isInternal()
        && (hosts.contains(origin.hostAndPort())
            || (origin.hasDefaultPort() && hosts.contains(origin.host())));
  }

  private static String shown(Origin origin) {
    return origin.hasDefaultPort() ? origin.host() : origin.hostAndPort();
  }

  private static String why(Origin origin) {
    return origin.isInternal()
        ? ", which is no upstream but an internal address"
        : ", which is neither an upstream nor in modgate.fetcher.redirect-hosts";
  }
}
