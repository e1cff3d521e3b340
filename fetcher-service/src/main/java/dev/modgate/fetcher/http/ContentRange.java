package dev.modgate.fetcher.http;

import dev.modgate.fetcher.source.Source;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which part of a file an answer of status 206 brings: `bytes 100-199/200` (RFC 9110, 14.4).
///
/// @param last included
/// @param whole the size of the whole file
record ContentRange(long first, long last, long whole) {
  private static final Pattern FORM =
      Pattern.compile("(?i)bytes +(\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

  /// Empty where it says none, or not how large the whole is.
  static Optional<ContentRange> of(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Content-Range")
        .map(value -> FORM.matcher(value.strip()))
        .filter(Matcher::matches)
        .map(m ->
            new ContentRange(
                Long.parseLong(m.group(1)),
                Long.parseLong(m.group(2)),
                Long.parseLong(m.group(3))));
  }

  /// Whether this is all that is missing, of the same bytes, as far as the answer says.
  boolean isRestOf(Source.Part had, HttpResponse<?> response) {
    return first == had.bytes()
        && last == whole - 1
        && first <= last
        && had.validator().isOf(response.headers(), response.uri());
  }
}
