package dev.modgate.pipeline.stage;

import java.time.Duration;

/// Something that every item needs is away: all upstreams, a store, a database.
public final class DependencyDownException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /// @param reason names the thing that is down and how that shows; for people
  /// @param retryAfter how long to pause before the next try
  public DependencyDownException(String reason, Duration retryAfter) {
    super(reason);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }

  /// Never null, unlike [#getMessage].
  public String reason() {
    return String.valueOf(getMessage());
  }
}
