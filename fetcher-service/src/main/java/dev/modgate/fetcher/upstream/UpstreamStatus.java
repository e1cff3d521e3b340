package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.measure.Measures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How an upstream is doing.
///
/// @param name the entry of the chain, without credentials
/// @param breaker its state: `closed` when all is well, `open`, `half-open`
/// @param shut whether requests are held back
/// @param since when the breaker's state began
/// @param lastError since the start; empty where there was none
/// @param lastErrorAt null where there was none
public record UpstreamStatus(
    String name,
    String breaker,
    boolean shut,
    Instant since,
    String lastError,
    @Nullable Instant lastErrorAt,
    Counts counts,
    Measures.Snapshot measures) {

  /// Since the start.
  ///
  /// @param files that it gave
  /// @param absent how many files it said it does not have
  /// @param failures how many tries failed
  public record Counts(long files, long absent, long failures) {}

  public long failures() {
    return counts.failures();
  }

  /// For people: state, last error, counts.
  public String sentence() {
    return "breaker "
        + breaker
        + ", "
        + counts.files()
        + " files, "
        + counts.absent()
        + " absent, "
        + counts.failures()
        + " failures"
        + (lastError.isEmpty() ? "" : "; last error: " + lastError);
  }
}
