package dev.modgate.fetcher.upstream;

import java.time.Instant;

/// How an upstream is doing.
///
/// @param name the entry of the chain, without credentials
/// @param breaker its state: `closed` when all is well, `open`, `half-open`
/// @param shut whether requests are held back
/// @param lastError since the start; empty where there was none
/// @param files that it gave
/// @param absent how many files it said it does not have
/// @param failures how many tries failed
/// @param since when the breaker's state began
public record UpstreamStatus(
    String name,
    String breaker,
    boolean shut,
    String lastError,
    long files,
    long absent,
    long failures,
    Instant since) {

  /// For people: state, last error, counts.
  public String sentence() {
    return "breaker "
        + breaker
        + ", "
        + files
        + " files, "
        + absent
        + " absent, "
        + failures
        + " failures"
        + (lastError.isEmpty() ? "" : "; last error: " + lastError);
  }
}
