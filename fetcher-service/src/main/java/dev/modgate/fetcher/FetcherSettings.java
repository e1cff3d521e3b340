package dev.modgate.fetcher;

import dev.modgate.fetcher.upstream.HttpPolicy;
import dev.modgate.fetcher.upstream.ResiliencePolicy;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.stage.StageSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Where modules come from, and with how much patience. Each is explained in `fetcher.yml`.
///
/// @param upstreams GOPROXY syntax; may hold credentials, so it is never shown as it is
@ConfigurationProperties(prefix = "modgate.fetcher", ignoreUnknownFields = false)
public record FetcherSettings(
    @DefaultValue("https://proxy.golang.org") String upstreams,
    @DefaultValue Set<String> redirectHosts,
    @DefaultValue("32") int concurrency,
    @DefaultValue("256MB") DataSize maxBytesInFlight,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("60s") Duration headerTimeout,
    @DefaultValue("30s") Duration idleTimeout,
    @DefaultValue("10KB") DataSize minThroughput,
    @DefaultValue("64") int requestsPerUpstream,
    @DefaultValue("30s") Duration drain,
    @Nullable String instanceId,
    @DefaultValue Tries retry,
    @DefaultValue Breaker breaker) {

  /// When a file is asked for again.
  public record Tries(
      @DefaultValue("3") int tries,
      @DefaultValue("500ms") Duration firstWait,
      @DefaultValue("10s") Duration maxWait,
      @DefaultValue("30s") Duration maxRetryAfter) {}

  /// When an upstream is left alone.
  public record Breaker(
      @DefaultValue("20") int window,
      @DefaultValue("6") int minCalls,
      @DefaultValue("50") int failurePercent,
      @DefaultValue("15s") Duration openWait,
      @DefaultValue("3") int probes) {}

  /// @throws IllegalArgumentException naming every impossible value
  public FetcherSettings {
    redirectHosts = Set.copyOf(redirectHosts);
    var check = new Check();
    check.upstreams(upstreams);
    check.number("concurrency", concurrency, 1, 1000);
    check.number("max-bytes-in-flight", maxBytesInFlight.toBytes(), 1, Long.MAX_VALUE);
    check.time("connect-timeout", connectTimeout, 1);
    check.time("header-timeout", headerTimeout, 1);
    check.time("idle-timeout", idleTimeout, 1);
    check.number("min-throughput", minThroughput.toBytes(), 1, 1L << 30);
    check.number("requests-per-upstream", requestsPerUpstream, 3, 10_000);
    check.time("drain", drain, 0);
    check.number("retry.tries", retry.tries(), 1, 10);
    check.time("retry.first-wait", retry.firstWait(), 10);
    if (retry.maxWait().compareTo(retry.firstWait()) < 0) {
      check.problems.add("modgate.fetcher.retry.max-wait is shorter than first-wait");
    }
    check.time("retry.max-wait", retry.maxWait(), 10);
    check.time("retry.max-retry-after", retry.maxRetryAfter(), 0);
    check.number("breaker.window", breaker.window(), 1, 10_000);
    check.number("breaker.min-calls", breaker.minCalls(), 1, breaker.window());
    check.number("breaker.failure-percent", breaker.failurePercent(), 1, 100);
    check.time("breaker.open-wait", breaker.openWait(), 100);
    check.number("breaker.probes", breaker.probes(), 1, 100);
    if (!check.problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", check.problems));
    }
  }

  /// All that the list names, also what can't be fetched from.
  List<ProxyList.Entry> entries() {
    return ProxyList.parse(upstreams);
  }

  HttpPolicy http(String userAgent) {
    return new HttpPolicy(
        connectTimeout,
        headerTimeout,
        idleTimeout,
        minThroughput.toBytes(),
        redirectHosts,
        userAgent);
  }

  ResiliencePolicy resilience() {
    return new ResiliencePolicy(
        retry.tries(),
        retry.firstWait(),
        retry.maxWait(),
        retry.maxRetryAfter(),
        requestsPerUpstream,
        breaker.window(),
        breaker.minCalls(),
        breaker.failurePercent(),
        breaker.openWait(),
        breaker.probes());
  }

  StageSettings stage() {
    return StageSettings.defaults()
        .withMaxItems(concurrency)
        .withMaxBytes(maxBytesInFlight.toBytes())
        .withDrain(drain)
        .withInstanceId(instanceId);
  }

  /// Without the upstreams, which may hold credentials.
  @Override
  public String toString() {
    return "FetcherSettings[concurrency " + concurrency + "]";
  }

  private static final class Check {
    final List<String> problems = new ArrayList<>();

    void upstreams(String list) {
      try {
        if (ProxyList.parse(list).stream().noneMatch(ProxyList.Upstream.class::isInstance)) {
          problems.add(
              "modgate.fetcher.upstreams is \""
                  + list.strip()
                  + "\", which names no upstream to fetch from: want a URL, as in"
                  + " https://proxy.golang.org");
        }
      } catch (IllegalArgumentException e) {
        problems.add("modgate.fetcher.upstreams: " + e.getMessage());
      }
    }

    void number(String key, long value, long least, long most) {
      if (value < least || value > most) {
        problems.add("modgate.fetcher." + key + " is " + value + ", want " + least + " to " + most);
      }
    }

    void time(String key, Duration value, long leastMillis) {
      if (value.toMillis() < leastMillis || value.toDays() > 1) {
        problems.add(
            "modgate.fetcher."
                + key
                + " is "
                + value.toMillis()
                + " ms, want "
                + leastMillis
                + " ms to a day");
      }
    }
  }
}
