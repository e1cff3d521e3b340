package dev.modgate.fetcher.http;

import dev.modgate.fetcher.source.Answer;
import dev.modgate.fetcher.source.Miss;
import dev.modgate.fetcher.source.Source;
import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.fetcher.source.UpstreamFailedException.Scope;
import dev.modgate.fetcher.source.Validator;
import dev.modgate.gomod.quote.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What an answer means, as the table of the package says.
///
/// @param guard of bodies
/// @param limits that it holds them to
record HttpAnswers(IdleGuard guard, TimeLimits limits, Clock clock) {
  private static final int ERROR_TEXT_BYTES = 2048;
  private static final int SHOWN_CHARACTERS = 200;

  /// Empty where another request is to ask for the whole.
  Optional<Answer<Source.Body>> read(
      HttpResponse<InputStream> response, Optional<Source.Part> had, String who)
      throws UpstreamFailedException, InterruptedException {
    int status = response.statusCode();
    if (had.isPresent() && (status == 206 || status == 416)) {
      Optional<Answer<Source.Body>> rest =
          ContentRange.of(response)
              .filter(range -> status == 206 && range.isRestOf(had.get(), response))
              .map(range ->
                  new Answer.Got<>(
                      new Source.Body(
                          guard.guard(response.body(), limits),
                          had.get().bytes(),
                          OptionalLong.of(range.whole()),
                          Optional.of(had.get().validator()))));
      if (rest.isEmpty()) {
        quietlyClose(response.body());
      }
      return rest;
    }
    return Optional.of(status == 200 ? body(response, who) : other(response, who));
  }

  private Answer<Source.Body> body(HttpResponse<InputStream> response, String who) {
    String length = response.headers().firstValue("Content-Length").map(String::strip).orElse("");
    if (!length.matches("\\d{0,18}")) {
      quietlyClose(response.body());
      return Answer.missed(
          Miss.Kind.BAD_ANSWER,
          who + " answered with a Content-Length of \"" + shown(length) + "\"");
    }
    return new Answer.Got<>(
        new Source.Body(
            guard.guard(response.body(), limits),
            0,
            length.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length)),
            Validator.of(response.headers(), response.uri())));
  }

  private Answer<Source.Body> other(HttpResponse<InputStream> response, String who)
      throws UpstreamFailedException, InterruptedException {
    int status = response.statusCode();
    String text = errorText(response, who);
    String said = who + " answered " + status + (text.isEmpty() ? "" : " (" + text + ")");
    return switch (status) {
      case 404, 410 -> {
        // the public mirror's own word for "not yet": absence would be final, this is not
        if (text.contains("fetch timed out")) {
          throw new UpstreamFailedException(Scope.ITEM, said, null);
        }
        yield Answer.missed(Miss.Kind.ABSENT, said);
      }
      case 401, 403 -> Answer.missed(Miss.Kind.REFUSED, said);
      case 408, 429 ->
          throw new UpstreamFailedException(Scope.UNKNOWN, said, null, retryAfter(response));
      default -> {
        if (status >= 500) {
          throw new UpstreamFailedException(Scope.UNKNOWN, said, null, retryAfter(response));
        }
        yield Answer.missed(Miss.Kind.BAD_ANSWER, said);
      }
    };
  }

  private @Nullable Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(v -> RetryAfter.parse(v.strip(), clock))
        .orElse(null);
  }

  /// The beginning of a text/plain body, fit to be shown; empty where there is none.
  ///
  /// @throws UpstreamFailedException where it broke off behind a status that the text might take
  ///   back
  private String errorText(HttpResponse<InputStream> response, String who)
      throws UpstreamFailedException, InterruptedException {
    String type = response.headers().firstValue("Content-Type").orElse("text/plain");
    try (InputStream body = guard.guard(response.body(), limits)) {
      if (!type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
        return "";
      }
      return shown(new String(body.readNBytes(ERROR_TEXT_BYTES), StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException(who);
      }
      int status = response.statusCode();
      if (status == 404 || status == 410) {
        throw new UpstreamFailedException(
            Scope.BROKEN_OFF, who + " answered " + status + " and broke off", e);
      }
      return ""; // the status alone says enough
    }
  }

  /// Of the upstream's own words, or of an exception that may repeat them.
  static String shown(String text) {
    String line = Plain.of(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }

  static void quietlyClose(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // nothing of it was wanted
    }
  }
}
