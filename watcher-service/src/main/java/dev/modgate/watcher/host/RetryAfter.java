package dev.modgate.watcher.host;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// When a host wants to be asked again.
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofHours(24);

  private RetryAfter() {}

  /// Of `Retry-After`, in seconds or as a time, or of GitHub's `X-RateLimit-Reset` where nothing
  /// remains; at most a day from now.
  public static Optional<Instant> of(HttpHeaders headers, Instant now) {
    Optional<Instant> wished =
        headers
            .firstValue("Retry-After")
            .flatMap(text -> seconds(text).map(now::plusSeconds).or(() -> date(text)))
            .or(() -> reset(headers));
    Instant latest = now.plus(LONGEST);
    return wished.map(at -> at.isAfter(latest) ? latest : at);
  }

  private static Optional<Instant> reset(HttpHeaders headers) {
    return headers.firstValue("X-RateLimit-Remaining").filter("0"::equals).isPresent()
        ? headers
            .firstValue("X-RateLimit-Reset")
            .flatMap(RetryAfter::seconds)
            .map(Instant::ofEpochSecond)
        : Optional.empty();
  }

  private static Optional<Long> seconds(String text) {
    return text.matches("\\d{1,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
