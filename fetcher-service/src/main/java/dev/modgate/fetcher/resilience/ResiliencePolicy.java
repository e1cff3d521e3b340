package dev.modgate.fetcher.resilience;

import java.time.Duration;

/// When an upstream is tried again, and when it is left alone.
///
/// @param rememberAbsence how long an upstream is not asked again for a file that it has not
public record ResiliencePolicy(
    Trying trying, Load load, Opening opening, Duration rememberAbsence) {

  /// @param tries of one file, the first included
  /// @param firstWait before the second try; doubles from try to try, and is spread at random by
  ///   half
  /// @param maxWait between two tries
  /// @param maxRetryAfter longest `Retry-After` that is waited for; a longer one ends the tries
  /// @param total for all tries and waits of a file; a download that makes progress is exempt
  public record Trying(
      int tries, Duration firstWait, Duration maxWait, Duration maxRetryAfter, Duration total) {}

  /// @param requests at one upstream at a time
  /// @param perSecond requests at one upstream; 0 for no limit
  public record Load(int requests, int perSecond) {}

  /// When a breaker opens.
  ///
  /// @param by what the window counts
  /// @param window how many calls, or seconds, the breaker looks back on
  /// @param minCalls before the breaker judges by a rate; so many failed connections in a row open
  ///   it
  /// @param failurePercent of calls in the window, whose failed connections open the breaker
  /// @param slowAfter an answer whose head takes longer is slow
  /// @param slowPercent of calls in the window, whose slowness opens the breaker
  /// @param openWait how long an open breaker lets nothing through
  /// @param probes that are let through afterwards to see whether it works again; one answer closes
  ///   it
  public record Opening(
      By by,
      int window,
      int minCalls,
      int failurePercent,
      Duration slowAfter,
      int slowPercent,
      Duration openWait,
      int probes) {}

  public enum By {
    CALLS,
    SECONDS
  }
}
