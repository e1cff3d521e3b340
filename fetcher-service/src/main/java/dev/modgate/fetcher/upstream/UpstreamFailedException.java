package dev.modgate.fetcher.upstream;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One try at an upstream failed in a way that another try may mend.
final class UpstreamFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  UpstreamFailedException(String sentence, @Nullable IOException cause) {
    this(sentence, cause, null);
  }

  /// @param retryAfter what the upstream asked for; null where it did not
  UpstreamFailedException(
      String sentence, @Nullable IOException cause, @Nullable Duration retryAfter) {
    super(sentence, cause);
    this.retryAfter = retryAfter;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /// Never null, unlike [#getMessage].
  String sentence() {
    return String.valueOf(getMessage());
  }
}
