package dev.modgate.pipeline.stage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a fetcher knows of one upstream, as numbers. Averages are moving ones; what is null is not
/// known yet.
///
/// @param breaker `closed` when all is well, `open`, `half-open`
/// @param availability which part of the requests is answered, from 0 to 1
/// @param medianMillis of the time to the head of an answer, over the last ten minutes
/// @param p95Millis what 95 % of these are below
/// @param bytesPerSecond within bodies
/// @param files that it gave since the start
/// @param absent how many files it said it does not have, since the start
/// @param failures how many tries failed since the start
/// @param lastError at most [#MOST_TEXT] characters; empty where there was none
/// @param probe what came of asking for a `@latest`; null before the first time
public record UpstreamReport(
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
  public static final int MOST_TEXT = 400;

  public UpstreamReport {
    lastError = cut(lastError);
  }

  /// @param at when it was asked
  /// @param answered whether it was
  /// @param millis how long that took
  /// @param compared of how many modules another upstream was asked, too
  /// @param behind of how many of these another one has a higher version
  /// @param sentence an example of one that is behind, or why nothing was answered; else empty
  public record Probe(
      Instant at, boolean answered, long millis, int compared, int behind, String sentence) {
    public Probe {
      sentence = cut(sentence);
    }
  }

  private static String cut(String text) {
    if (text.length() <= MOST_TEXT) {
      return text;
    }
    int end = MOST_TEXT - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
