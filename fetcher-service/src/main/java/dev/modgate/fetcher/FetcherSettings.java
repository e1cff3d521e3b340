package dev.modgate.fetcher;

import dev.modgate.fetcher.chain.ChainPolicy;
import dev.modgate.fetcher.chain.Groups;
import dev.modgate.fetcher.http.HttpPolicy;
import dev.modgate.fetcher.http.TimeLimits;
import dev.modgate.fetcher.limits.Bounds;
import dev.modgate.fetcher.limits.Breaker;
import dev.modgate.fetcher.limits.Overrides;
import dev.modgate.fetcher.limits.OwnLimits;
import dev.modgate.fetcher.limits.Tries;
import dev.modgate.fetcher.resilience.ResiliencePolicy;
import dev.modgate.fetcher.upstream.UpstreamLimits;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.start.Check;
import dev.modgate.start.StageBounds;
import dev.modgate.start.connect.ConnectSettings;
import dev.modgate.start.connect.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where modules come from, and with how much patience. Each is explained in `fetcher.yml`.
///
/// @param upstreams GOPROXY syntax; may hold credentials, so it is never shown as it is
@ConfigurationProperties("modgate.fetcher")
public record FetcherSettings(
    @DefaultValue("https://proxy.golang.org") String upstreams,
    @DefaultValue Set<String> redirectHosts,
    @DefaultValue("false") boolean redirectsToPrivate,
    @Nullable String proxy,
    @Nullable String noProxy,
    @DefaultValue List<Path> caFiles,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    @DefaultValue Map<String, String> credentials,
    @Nullable Path netrc,
    @DefaultValue("32") int maxItems,
    @DefaultValue("256MB") DataSize maxBytes,
    @DefaultValue("30s") Duration drain,
    @Nullable String instanceId,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("60s") Duration headerTimeout,
    @DefaultValue("60s") Duration totalTimeout,
    @DefaultValue("30s") Duration idleTimeout,
    @DefaultValue("10KB") DataSize minThroughput,
    @DefaultValue("64") int requestsPerUpstream,
    @DefaultValue("0") int requestsPerSecond,
    @DefaultValue("1m") Duration rememberAbsence,
    @DefaultValue Map<String, List<String>> groups,
    @DefaultValue Trickle probe,
    @DefaultValue Tries retry,
    @DefaultValue Breaker breaker,
    @DefaultValue Map<String, OwnLimits> overrides)
    implements StageBounds {
  private static final String SECTION = "modgate.fetcher";
  private static final Duration DAY = Duration.ofDays(1);

  /// When upstreams are asked to see how they are doing.
  public record Trickle(
      @DefaultValue("20") int oneIn,
      @DefaultValue("10s") Duration pause,
      @DefaultValue("15m") Duration latestEvery) {
    private void check(Check check) {
      check
          .number("probe.one-in", oneIn, 2, 100_000)
          .time("probe.pause", pause, Duration.ZERO, DAY)
          .time("probe.latest-every", latestEvery, Duration.ZERO, DAY);
    }
  }

  public FetcherSettings {
    redirectHosts = Set.copyOf(redirectHosts);
    groups = Map.copyOf(groups);
    overrides = Map.copyOf(overrides);
    caFiles = List.copyOf(caFiles);
    credentials = Map.copyOf(credentials);
    var check = new Check(SECTION).stage(maxItems, maxBytes, drain, instanceId);
    check(check, upstreams, new Groups(groups.values(), probe.oneIn(), probe.pause()));
    probe.check(check);
    new ConnectSettings(proxy, noProxy, caFiles, clientCertificate, clientKey, credentials, netrc)
        .check(check);
    UpstreamLimits usual =
        new UpstreamLimits(
            new TimeLimits(connectTimeout, headerTimeout, idleTimeout, minThroughput.toBytes()),
            new ResiliencePolicy(
                retry.policy(totalTimeout),
                new ResiliencePolicy.Load(requestsPerUpstream, requestsPerSecond),
                breaker.policy(),
                rememberAbsence));
    Bounds.check(check, "", usual);
    check.end();
    var rest = new Check(SECTION); // of the usual ones what is wrong is said once
    new Overrides(overrides).check(rest, chain(upstreams), usual);
    rest.end();
  }

  private static void check(Check check, String upstreams, Groups groups) {
    try {
      List<ProxyList.Upstream> chain = chain(upstreams);
      groups.faults(chain).forEach(fault -> check.that(false, "groups", fault));
      check.that(
          !chain.isEmpty(),
          "upstreams",
          "names no upstream to fetch from before \"direct\" or \"off\": want a URL, as in"
              + " https://proxy.golang.org"); // what stands behind may hold a password
    } catch (IllegalArgumentException e) {
      check.that(false, "upstreams", "can't be used: " + e.getMessage());
    }
  }

  /// All that the list names, also what can't be fetched from.
  List<ProxyList.Entry> entries() {
    return ProxyList.parse(upstreams);
  }

  /// What can be fetched from.
  List<ProxyList.Upstream> chain() {
    return chain(upstreams);
  }

  private static List<ProxyList.Upstream> chain(String upstreams) {
    return ProxyList.parse(upstreams).stream()
        .filter(ProxyList.Upstream.class::isInstance)
        .map(ProxyList.Upstream.class::cast)
        .toList();
  }

  Groups groupsOfEquals() {
    return new Groups(groups.values(), probe.oneIn(), probe.pause());
  }

  /// How they are asked.
  ChainPolicy policy(String userAgent) {
    UpstreamLimits usual = usual();
    return new ChainPolicy(
        new HttpPolicy(redirectHosts, redirectsToPrivate, userAgent, reach()),
        usual,
        new Overrides(overrides).limits(chain(), usual));
  }

  private Reach reach() {
    return new ConnectSettings(
            proxy, noProxy, caFiles, clientCertificate, clientKey, credentials, netrc)
        .reach(SECTION, System.getenv());
  }

  private UpstreamLimits usual() {
    return new UpstreamLimits(
        new TimeLimits(connectTimeout, headerTimeout, idleTimeout, minThroughput.toBytes()),
        new ResiliencePolicy(
            retry.policy(totalTimeout),
            new ResiliencePolicy.Load(requestsPerUpstream, requestsPerSecond),
            breaker.policy(),
            rememberAbsence));
  }

  /// Without the upstreams, which may hold credentials.
  @Override
  public String toString() {
    return "FetcherSettings[max-items " + maxItems + "]";
  }
}
