package dev.modgate.watcher.status;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.start.StoreHealth;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.function.Supplier;

/// What the fetchers say of the upstreams.
public final class UpstreamService {
  private final Supplier<Collection<StageStatus>> statuses;
  private final Clock clock;

  /// @param statuses the newest of each instance of each stage
  public UpstreamService(Supplier<Collection<StageStatus>> statuses, Clock clock) {
    this.statuses = statuses;
    this.clock = clock;
  }

  /// Those of fetchers that were heard of lately.
  public UpstreamView now() {
    Instant oldest = clock.instant().minus(StageStatuses.SILENT);
    return new UpstreamView(
        statuses.get().stream()
            .filter(status -> status.stage() == StageName.FETCH && status.at().isAfter(oldest))
            .sorted(Comparator.comparing(StageStatus::key))
            .flatMap(status ->
                status.dependencies().stream()
                    .filter(dependency -> !dependency.name().equals(StoreHealth.BLOB_STORE))
                    .map(upstream -> view(status, upstream)))
            .toList());
  }

  private static UpstreamView.Upstream view(StageStatus status, DependencyStatus upstream) {
    return new UpstreamView.Upstream(
        upstream.name(),
        status.instance(),
        status.at(),
        EventJson.wireName(upstream.health()),
        upstream.since(),
        upstream.sentence(),
        upstream.upstream() == null ? null : UpstreamView.Numbers.of(upstream.upstream()));
  }
}
