package dev.modgate.watcher.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.modgate.pipeline.stage.UpstreamReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The upstreams, as each fetcher finds them.
///
/// @param upstreams of each fetcher in the order of its list
public record UpstreamView(List<Upstream> upstreams) {

  /// One upstream, as one fetcher finds it.
  ///
  /// @param instance of the fetcher
  /// @param at when this was true
  /// @param health `up`, `degraded` or `down`
  /// @param since when the state of the breaker began
  /// @param sentence the same for people
  /// @param numbers null where nothing is asked of it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Upstream(
      String name,
      String instance,
      Instant at,
      String health,
      Instant since,
      String sentence,
      @Nullable Numbers numbers) {}

  /// @param availability which part of the requests is answered, from 0 to 1
  /// @param medianMillis of the time to the head of an answer, over the last ten minutes
  /// @param p95Millis what 95 % of these are below
  /// @param probe what came of asking for a `@latest`
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Numbers(
      String breaker,
      @Nullable Double availability,
      @Nullable Long medianMillis,
      @Nullable Long p95Millis,
      @Nullable Long bytesPerSecond,
      long files,
      long absent,
      long failures,
      String lastError,
      @Nullable Instant lastErrorAt,
      @Nullable Probe probe) {
    static Numbers of(UpstreamReport report) {
      return new Numbers(
          report.breaker(),
          report.availability(),
          report.medianMillis(),
          report.p95Millis(),
          report.bytesPerSecond(),
          report.files(),
          report.absent(),
          report.failures(),
          report.lastError(),
          report.lastErrorAt(),
          Probe.of(report.probe()));
    }
  }

  /// @param compared of how many modules another upstream was asked, too
  /// @param behind of how many of these another one has a higher version
  /// @param sentence an example of one that is behind, or why nothing was answered
  public record Probe(
      Instant at, boolean answered, long millis, int compared, int behind, String sentence) {
    private static @Nullable Probe of(UpstreamReport.@Nullable Probe probe) {
      return probe == null
          ? null
          : new Probe(
              probe.at(),
              probe.answered(),
              probe.millis(),
              probe.compared(),
              probe.behind(),
              probe.sentence());
    }
  }
}
