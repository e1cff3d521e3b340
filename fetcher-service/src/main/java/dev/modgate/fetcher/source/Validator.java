package dev.modgate.fetcher.source;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;

/// What a server calls the very bytes that it sent, so that it can be asked for the rest of these
/// and of no others (RFC 9110, 8.8.1 and 13.1.5). Weak ones are none here.
///
/// @param value of `If-Range`: an entity tag, or a date
/// @param server who sent them, with the path: another server's tags may mean something else
public record Validator(String value, String server) {
  /// A second version within the granularity of a date would have the same date.
  private static final Duration OLD_ENOUGH = Duration.ofSeconds(60);

  public static Optional<Validator> of(HttpHeaders headers, URI from) {
    return tag(headers).or(() -> date(headers)).map(value -> new Validator(value, server(from)));
  }

  /// Whether this answer is of the same bytes, as far as it says.
  public boolean isOf(HttpHeaders headers, URI from) {
    Optional<String> tag = headers.firstValue("ETag").map(String::strip);
    return server.equals(server(from))
        && (!value.startsWith("\"") || tag.isEmpty() || tag.get().equals(value));
  }

  private static Optional<String> tag(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .map(String::strip)
        .filter(tag -> tag.matches("\"[\\x21\\x23-\\x7e]{1,256}\""));
  }

  private static Optional<String> date(HttpHeaders headers) {
    return headers
        .firstValue("Last-Modified")
        .filter(_ -> headers.firstValue("ETag").isEmpty())
        .map(String::strip)
        .filter(modified ->
            headers
                .firstValue("Date")
                .filter(now -> isOldEnough(modified, now.strip()))
                .isPresent());
  }

  private static boolean isOldEnough(String modified, String now) {
    try {
      return Duration.between(instant(modified), instant(now)).compareTo(OLD_ENOUGH) >= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static ZonedDateTime instant(String date) {
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
  }

  /// Without the query, which may be a signature that is made anew each time.
  private static String server(URI uri) {
    return Origin.of(uri).map(Record::toString).orElse("")
        + Objects.requireNonNullElse(uri.getRawPath(), "");
  }
}
