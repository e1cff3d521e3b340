package dev.modgate.fetcher;

import dev.modgate.fetcher.connect.Addresses;
import dev.modgate.fetcher.connect.Certificates;
import dev.modgate.fetcher.connect.Logins;
import dev.modgate.fetcher.connect.Proxies;
import dev.modgate.fetcher.connect.Reach;
import dev.modgate.fetcher.upstream.Groups;
import dev.modgate.fetcher.upstream.HttpPolicy;
import dev.modgate.fetcher.upstream.ResiliencePolicy;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.start.Check;
import dev.modgate.start.StageBounds;
import dev.modgate.start.StartException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    @DefaultValue("30s") Duration idleTimeout,
    @DefaultValue("10KB") DataSize minThroughput,
    @DefaultValue("64") int requestsPerUpstream,
    @DefaultValue("0") int requestsPerSecond,
    @DefaultValue("1m") Duration rememberAbsence,
    @DefaultValue Map<String, List<String>> groups,
    @DefaultValue Trickle probe,
    @DefaultValue Tries retry,
    @DefaultValue Breaker breaker)
    implements StageBounds {
  private static final Duration DAY = Duration.ofDays(1);

  /// When a file is asked for again.
  public record Tries(
      @DefaultValue("3") int tries,
      @DefaultValue("500ms") Duration firstWait,
      @DefaultValue("10s") Duration maxWait,
      @DefaultValue("30s") Duration maxRetryAfter) {
    private void check(Check check) {
      check
          .number("retry.tries", tries, 1, 10)
          .time("retry.first-wait", firstWait, Duration.ofMillis(10), DAY)
          .time("retry.max-wait", maxWait, firstWait, DAY)
          .time("retry.max-retry-after", maxRetryAfter, Duration.ZERO, DAY);
    }
  }

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

  /// When an upstream is left alone.
  public record Breaker(
      @DefaultValue("calls") ResiliencePolicy.By windowOf,
      @DefaultValue("20") int window,
      @DefaultValue("6") int minCalls,
      @DefaultValue("50") int failurePercent,
      @DefaultValue("45s") Duration slowAfter,
      @DefaultValue("100") int slowPercent,
      @DefaultValue("15s") Duration openWait,
      @DefaultValue("3") int probes) {
    private void check(Check check) {
      check
          .number("breaker.window", window, 1, 10_000)
          .number(
              "breaker.min-calls",
              minCalls,
              1,
              windowOf == ResiliencePolicy.By.CALLS ? window : 10_000)
          .number("breaker.failure-percent", failurePercent, 1, 100)
          .time("breaker.slow-after", slowAfter, Duration.ofMillis(1), DAY)
          .number("breaker.slow-percent", slowPercent, 1, 100)
          .time("breaker.open-wait", openWait, Duration.ofMillis(100), DAY)
          .number("breaker.probes", probes, 1, 100);
    }
  }

  public FetcherSettings {
    redirectHosts = Set.copyOf(redirectHosts);
    groups = Map.copyOf(groups);
    caFiles = List.copyOf(caFiles);
    credentials = Map.copyOf(credentials);
    var check =
        new Check("modgate.fetcher")
            .stage(maxItems, maxBytes, drain, instanceId)
            .time("connect-timeout", connectTimeout, Duration.ofMillis(1), DAY)
            .time("header-timeout", headerTimeout, Duration.ofMillis(1), DAY)
            .time("idle-timeout", idleTimeout, Duration.ofMillis(1), DAY)
            .size("min-throughput", minThroughput, DataSize.ofBytes(1), DataSize.ofGigabytes(1))
            .number("requests-per-upstream", requestsPerUpstream, 3, 10_000)
            .number("requests-per-second", requestsPerSecond, 0, 100_000)
            .time("remember-absence", rememberAbsence, Duration.ZERO, DAY);
    check(check, upstreams, new Groups(groups.values(), probe.oneIn(), probe.pause()));
    probe.check(check);
    check.that(
        (clientCertificate == null) == (clientKey == null),
        clientKey == null ? "client-key" : "client-certificate",
        "is missing: certificate and key go together");
    checkProxy(check, proxy, noProxy);
    credentials.forEach((host, file) ->
        check.that(
            file.startsWith("file:/"),
            "credentials." + host,
            "is no reference to a file, want file:/ABSOLUTE/PATH")); // it may be the secret itself
    retry.check(check);
    breaker.check(check);
    check.end();
  }

  private static void checkProxy(Check check, @Nullable String proxy, @Nullable String noProxy) {
    try {
      var _ = Proxies.of(proxy, noProxy, Map.of());
    } catch (IllegalArgumentException e) {
      check.that(false, "proxy", "can't be used: " + e.getMessage());
    }
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

  HttpPolicy http(String userAgent) {
    return new HttpPolicy(
        connectTimeout,
        headerTimeout,
        idleTimeout,
        minThroughput.toBytes(),
        redirectHosts,
        userAgent,
        reach(System.getenv()));
  }

  private Reach reach(Map<String, String> environment) {
    try {
      return new Reach(
          Proxies.of(proxy, noProxy, environment),
          new Certificates(
              caFiles, Optional.ofNullable(clientCertificate), Optional.ofNullable(clientKey)),
          new Logins(
              credentials.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          e -> e.getKey().toLowerCase(Locale.ROOT),
                          e -> Path.of(e.getValue().substring("file:".length())))),
              Optional.ofNullable(netrc)),
          Addresses.ofThisMachine(),
          redirectsToPrivate);
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e); // of the environment
    }
  }

  ResiliencePolicy resilience() {
    return new ResiliencePolicy(
        new ResiliencePolicy.Trying(
            retry.tries(), retry.firstWait(), retry.maxWait(), retry.maxRetryAfter()),
        new ResiliencePolicy.Load(requestsPerUpstream, requestsPerSecond),
        new ResiliencePolicy.Opening(
            breaker.windowOf(),
            breaker.window(),
            breaker.minCalls(),
            breaker.failurePercent(),
            breaker.slowAfter(),
            breaker.slowPercent(),
            breaker.openWait(),
            breaker.probes()),
        rememberAbsence);
  }

  /// Without the upstreams, which may hold credentials.
  @Override
  public String toString() {
    return "FetcherSettings[max-items " + maxItems + "]";
  }
}
