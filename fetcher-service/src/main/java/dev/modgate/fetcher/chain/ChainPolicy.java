package dev.modgate.fetcher.chain;

import dev.modgate.fetcher.http.HttpPolicy;
import dev.modgate.fetcher.upstream.UpstreamLimits;
import dev.modgate.gomod.proxy.ProxyList;
import java.util.Map;

/// How the upstreams of a chain are asked.
///
/// @param usual for whom nothing else is said
/// @param own by the name of the upstream
public record ChainPolicy(HttpPolicy http, UpstreamLimits usual, Map<String, UpstreamLimits> own) {
  public ChainPolicy {
    own = Map.copyOf(own);
  }

  UpstreamLimits of(ProxyList.Upstream upstream) {
    return own.getOrDefault(upstream.toString(), usual);
  }
}
