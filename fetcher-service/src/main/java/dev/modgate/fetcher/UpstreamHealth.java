package dev.modgate.fetcher;

import dev.modgate.fetcher.upstream.UpstreamChain;
import dev.modgate.fetcher.upstream.UpstreamStatus;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.stage.DependencyStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the stage's status says about the upstreams, those included that are left out.
final class UpstreamHealth {
  private static final Logger log = LoggerFactory.getLogger(UpstreamHealth.class);

  private final UpstreamChain chain;
  private final List<DependencyStatus> leftOut;

  /// Says in the log what is left out.
  UpstreamHealth(List<ProxyList.Entry> entries, UpstreamChain chain, Clock clock) {
    this.chain = chain;
    Instant now = clock.instant();
    this.leftOut = entries.stream().flatMap(e -> leftOut(e, now)).toList();
    chain.status().forEach(u -> log.info("fetching from {}", u.name()));
    leftOut.forEach(d -> log.warn("upstream \"{}\" {}", d.name(), d.sentence()));
  }

  List<DependencyStatus> statuses() {
    return Stream.concat(chain.status().stream().map(UpstreamHealth::of), leftOut.stream())
        .toList();
  }

  private static DependencyStatus of(UpstreamStatus upstream) {
    var health =
        switch (upstream.breaker()) {
          case "open", "forced-open" -> DependencyStatus.Health.DOWN;
          case "half-open" -> DependencyStatus.Health.DEGRADED;
          default -> DependencyStatus.Health.UP;
        };
    return new DependencyStatus(upstream.name(), health, upstream.sentence(), upstream.since());
  }

  private static Stream<DependencyStatus> leftOut(ProxyList.Entry entry, Instant now) {
    return switch (entry) {
      case ProxyList.Upstream u -> Stream.empty();
      case ProxyList.Off o -> Stream.empty(); // the end of the list, and nothing is left out by it
      case ProxyList.Direct d ->
          Stream.of(
              new DependencyStatus(
                  "direct",
                  DependencyStatus.Health.DEGRADED,
                  "is left out: fetching from version control is not supported",
                  now));
    };
  }
}
