package dev.modgate.watcher.catalog;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the API tells of modules.
public final class ModuleViews {
  private ModuleViews() {}

  /// The body of `GET /api/v1/modules/{path}`.
  public record Module(String path, List<Version> versions) {}

  /// @param want `mod` or `zip`
  public record Version(String version, String want, String state, @Nullable String reason) {}

  /// The body of `GET /api/v1/modules/{path}/versions/{version}`.
  ///
  /// @param entries one for each want that was ever asked for
  /// @param timeline oldest first, at most the newest 200
  public record Detail(String module, List<Entry> entries, List<Moment> timeline) {}

  /// @param evidence the JSON object that also lies beside the module in the zone store
  public record Entry(
      String want,
      String state,
      String requestId,
      int attempt,
      @Nullable String reason,
      @Nullable String sentence,
      @Nullable Instant nextTry,
      @Nullable Instant publishedAt,
      long bytes,
      @JsonRawValue @Nullable String evidence) {}

  public record Moment(Instant at, String event, String sentence, String requestId, int attempt) {}
}
