package dev.modgate.fetcher.http;

import dev.modgate.fetcher.source.Origin;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.connect.Proxies;
import java.net.Proxy;
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
///   `host:port`; this machine, or an address of private networks, only where that is allowed
/// @param toPrivate whether that is allowed
/// @param addresses of the hosts that are reached without a proxy
record Redirects(
    Set<Origin> upstreams,
    Set<String> hosts,
    boolean toPrivate,
    Proxies proxies,
    Addresses addresses) {
  static Redirects of(List<ProxyList.Upstream> upstreams, HttpPolicy policy, Addresses addresses) {
    return new Redirects(
        upstreams.stream().flatMap(u -> Origin.of(u.uri()).stream()).collect(Collectors.toSet()),
        policy.redirectHosts().stream()
            .map(h -> h.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()),
        policy.redirectsToPrivate(),
        policy.reach().proxies(),
        addresses);
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
    if (upstreams.contains(origin)) {
      return Optional.empty();
    }
    String where = "redirects to host " + Quoted.of(shown(origin));
    if (!isListed(origin)) { // no name that nobody configured is looked up
      return Optional.of(
          where + ", which is neither an upstream nor in modgate.fetcher.redirect-hosts");
    }
    return toPrivate || !isInternal(to)
        ? Optional.empty()
        : Optional.of(where + ", which is no upstream but an internal address");
  }

  /// As far as that can be known from here: behind a proxy, what the proxy makes of a name can't.
  private boolean isInternal(URI uri) {
    boolean proxied = proxies.select(uri).stream().anyMatch(p -> p.type() != Proxy.Type.DIRECT);
    return (proxied ? Addresses.literalsAlone() : addresses)
        .isInternal(String.valueOf(uri.getHost()));
  }

  private boolean isListed(Origin origin) {
    return hosts.contains(origin.hostAndPort())
        || (origin.hasDefaultPort() && hosts.contains(origin.host()));
  }

  private static String shown(Origin origin) {
    return origin.hasDefaultPort() ? origin.host() : origin.hostAndPort();
  }
}
