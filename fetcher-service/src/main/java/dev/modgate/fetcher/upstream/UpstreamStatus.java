package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.measure.Measures;
import java.time.Duration;
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
/// @param probe the last one; null before the first
public record UpstreamStatus(
    String name,
    String breaker,
    boolean shut,
    Instant since,
    String lastError,
    @Nullable Instant lastErrorAt,
    Counts counts,
    Measures.Snapshot measures,
    @Nullable Probe probe) {

  /// What came of asking for the latest version of some modules.
  ///
  /// @param took the longest of them
  /// @param compared of how many modules another upstream was asked, too
  /// @param behind of how many of these another one has a higher version
  /// @param sentence an example of one that is behind, or why nothing was answered; else empty
  public record Probe(
      Instant at, boolean answered, Duration took, int compared, int behind, String sentence) {}

  /// Since the start.
  ///
  /// @param files that it gave
  /// @param absent how many files it said it does not have
  /// @param failures how many tries failed, or were answered with something else
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
