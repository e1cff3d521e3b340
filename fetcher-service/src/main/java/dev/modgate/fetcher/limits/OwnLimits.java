package dev.modgate.fetcher.limits;

import static java.util.Objects.requireNonNullElse;

import dev.modgate.fetcher.http.TimeLimits;
import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.upstream.UpstreamLimits;
import dev.modgate.gomod.proxy.ProxyList;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// What is different for one upstream, or for all of a host; null for what is as usual.
///
/// @param upstream `host` or `host:port` of upstreams, or the URL of one, as the list has it
public record OwnLimits(
    @Nullable String upstream,
    @Nullable Duration connectTimeout,
    @Nullable Duration headerTimeout,
    @Nullable Duration totalTimeout,
    @Nullable Duration idleTimeout,
    @Nullable DataSize minThroughput,
    @Nullable Integer requestsPerUpstream,
    @Nullable Integer requestsPerSecond,
    @Nullable Duration rememberAbsence,
    @Nullable OwnTries retry,
    @Nullable OwnBreaker breaker) {

  /// Without a port, whichever the upstream has.
  boolean areOf(ProxyList.Upstream one) {
    if (upstream == null) {
      return false;
    }
    URI uri = one.uri();
    String url = upstream.replaceFirst("/+$", "");
    String host = String.valueOf(uri.getHost());
    int usualPort = "https".equals(uri.getScheme()) ? 443 : 80;
    return upstream.equalsIgnoreCase(host)
        || upstream.equalsIgnoreCase(host + ":" + (uri.getPort() < 0 ? usualPort : uri.getPort()))
        || url.equals(one.toString())
        || ("https://" + url).equals(one.toString());
  }

  UpstreamLimits over(UpstreamLimits usual) {
    TimeLimits times = usual.times();
    ResiliencePolicy resilience = usual.resilience();
    return new UpstreamLimits(
        new TimeLimits(
            requireNonNullElse(connectTimeout, times.connect()),
            requireNonNullElse(headerTimeout, times.header()),
            requireNonNullElse(idleTimeout, times.idle()),
            minThroughput == null ? times.minBytesPerSecond() : minThroughput.toBytes()),
        new ResiliencePolicy(
            requireNonNullElse(retry, OwnTries.NONE).over(resilience.trying(), totalTimeout),
            new ResiliencePolicy.Load(
                requireNonNullElse(requestsPerUpstream, resilience.load().requests()),
                requireNonNullElse(requestsPerSecond, resilience.load().perSecond())),
            requireNonNullElse(breaker, OwnBreaker.NONE).over(resilience.opening()),
            requireNonNullElse(rememberAbsence, resilience.rememberAbsence())));
  }
}
