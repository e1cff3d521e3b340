package dev.modgate.fetcher;

import dev.modgate.fetcher.chain.UpstreamChain;
import dev.modgate.fetcher.measure.Measures;
import dev.modgate.fetcher.upstream.UpstreamStatus;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.UpstreamReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    return new DependencyStatus(
        upstream.name(), health, upstream.sentence(), upstream.since(), report(upstream));
  }

  private static UpstreamReport report(UpstreamStatus upstream) {
    Measures.Snapshot measures = upstream.measures();
    return new UpstreamReport(
        upstream.breaker(),
        measures.availability().isPresent()
            ? Math.round(measures.availability().getAsDouble() * 1000) / 1000.0
            : null,
        measures.median().map(Duration::toMillis).orElse(null),
        measures.p95().map(Duration::toMillis).orElse(null),
        measures.bytesPerSecond().isPresent()
            ? (Long) Math.round(measures.bytesPerSecond().getAsDouble())
            : null,
        upstream.counts().files(),
        upstream.counts().absent(),
        upstream.counts().failures(),
        upstream.lastError(),
        upstream.lastErrorAt(),
        probe(upstream.probe()));
  }

  private static UpstreamReport.@Nullable Probe probe(UpstreamStatus.@Nullable Probe probe) {
    return probe == null
        ? null
        : new UpstreamReport.Probe(
            probe.at(),
            probe.answered(),
            probe.took().toMillis(),
            probe.compared(),
            probe.behind(),
            probe.sentence());
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
