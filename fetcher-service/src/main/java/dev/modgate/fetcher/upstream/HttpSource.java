package dev.modgate.fetcher.upstream;

import dev.modgate.fetcher.connect.Logins;
import dev.modgate.fetcher.connect.Reach;
import dev.modgate.fetcher.upstream.UpstreamFailedException.Scope;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.quote.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// An upstream over HTTP. Follows few redirects, and only to where somebody configured; sends
/// credentials to the upstream's own address alone.
final class HttpSource implements Source {
  private static final int ERROR_TEXT_BYTES = 2048;
  private static final int SHOWN_CHARACTERS = 200;

  private final ProxyList.Upstream upstream;
  private final Reach.Clients clients;
  private final HttpPolicy policy;
  private final Redirects redirects;
  private final IdleGuard guard;
  private final Clock clock;

  HttpSource(
      ProxyList.Upstream upstream,
      Reach.Clients clients,
      HttpPolicy policy,
      Redirects redirects,
      IdleGuard guard,
      Clock clock) {
    this.upstream = upstream;
    this.clients = clients;
    this.policy = policy;
    this.redirects = redirects;
    this.guard = guard;
    this.clock = clock;
  }

  @Override
  public Answer<Body> open(Wanted wanted, Patience patience)
      throws UpstreamFailedException, InterruptedException {
    Optional<Answer<Body>> answer = follow(wanted, patience);
    return answer.isPresent() ? answer.get() : follow(wanted.whole(), patience).orElseThrow();
  }

  /// Empty where the rest of the file can't be had.
  private Optional<Answer<Body>> follow(Wanted wanted, Patience patience)
      throws UpstreamFailedException, InterruptedException {
    URI uri = upstream.resolve(wanted.path());
    String who = wanted.what() + ": " + upstream;
    for (int i = 0; i <= HttpPolicy.MAX_REDIRECTS; i++) {
      HttpResponse<InputStream> response;
      switch (send(uri, wanted.had(), who, patience.forAnswer(policy.headerTimeout()))) {
        case Answer.Missed<HttpResponse<InputStream>>(var miss) -> {
          return Optional.of(new Answer.Missed<>(miss));
        }
        case Answer.Got<HttpResponse<InputStream>>(var got) -> response = got;
      }
      if (response.statusCode() / 100 != 3) {
        return read(response, wanted.had(), who);
      }
      quietlyClose(response.body());
      Optional<URI> next = location(uri, response);
      if (next.isEmpty()) {
        return Optional.of(Answer.missed(Miss.Kind.BAD_ANSWER, who + " redirects to nowhere"));
      }
      Optional<String> fault = redirects.fault(uri, next.get());
      if (fault.isPresent()) {
        return Optional.of(Answer.missed(Miss.Kind.BAD_ANSWER, who + " " + fault.get()));
      }
      uri = next.get();
    }
    return Optional.of(
        Answer.missed(
            Miss.Kind.BAD_ANSWER,
            who + " redirects more than " + HttpPolicy.MAX_REDIRECTS + " times"));
  }

  private Answer<HttpResponse<InputStream>> send(
      URI uri, Optional<Part> had, String who, Duration wait)
      throws UpstreamFailedException, InterruptedException {
    try {
      HttpClient client = isOwn(uri) ? clients.upstreams() : clients.others();
      return new Answer.Got<>(client.send(request(uri, had, wait), BodyHandlers.ofInputStream()));
    } catch (Logins.UnusableException e) {
      throw failed(Scope.UPSTREAM, who + ": " + e.sentence(), null);
    } catch (HttpConnectTimeoutException e) {
      throw failed(
          Scope.UPSTREAM, who + ": no connection within " + seconds(policy.connectTimeout()), e);
    } catch (HttpTimeoutException e) {
      throw failed(Scope.UNKNOWN, who + ": no answer within " + seconds(wait), e);
    } catch (ConnectException | UnknownHostException | SSLHandshakeException e) {
      throw failed(Scope.UPSTREAM, who + ": no connection" + said(e), e);
    } catch (IOException e) {
      if (e.getCause() instanceof RuntimeException broken) {
        return unreadable(who, broken);
      }
      throw failed(Scope.UNKNOWN, who + (e.getMessage() == null ? ": " + e : said(e)), e);
    } catch (RuntimeException e) { // so the client meets some heads
      return unreadable(who, e);
    }
  }

  private static <T> Answer<T> unreadable(String who, RuntimeException e) {
    return Answer.missed(Miss.Kind.BAD_ANSWER, who + " answered with what can't be read" + said(e));
  }

  /// Whether it leads to the upstream itself, which alone learns who we are.
  private boolean isOwn(URI uri) {
    return Origin.of(uri).equals(Origin.of(upstream.uri()));
  }

  private Optional<String> authorization() throws Logins.UnusableException {
    return upstream.credentialsIfAny().isPresent()
        ? upstream.credentialsIfAny().map(ProxyList.Credentials::basic)
        : policy.reach().logins().authorization(upstream.uri());
  }

  private HttpRequest request(URI uri, Optional<Part> had, Duration wait)
      throws Logins.UnusableException {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(wait)
            .version(
                "https".equalsIgnoreCase(uri.getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .header("User-Agent", policy.userAgent());
    if (isOwn(uri)) {
      authorization().ifPresent(value -> request.header("Authorization", value));
    }
    policy
        .reach()
        .proxies()
        .authorization(uri)
        .ifPresent(value -> request.header("Proxy-Authorization", value));
    had.ifPresent(part ->
        request
            .header("Range", "bytes=" + part.bytes() + "-")
            .header("If-Range", part.validator().value()));
    return request.build();
  }

  /// Empty where another request is to ask for the whole.
  private Optional<Answer<Body>> read(
      HttpResponse<InputStream> response, Optional<Part> had, String who)
      throws UpstreamFailedException {
    int status = response.statusCode();
    if (had.isPresent() && (status == 206 || status == 416)) {
      Optional<Answer<Body>> rest =
          ContentRange.of(response)
              .filter(range -> status == 206 && range.isRestOf(had.get(), response))
              .map(range ->
                  new Answer.Got<>(
                      new Body(
                          guard.guard(response.body()),
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

  private Answer<Body> body(HttpResponse<InputStream> response, String who) {
    String length = response.headers().firstValue("Content-Length").map(String::strip).orElse("");
    if (!length.matches("\\d{0,18}")) {
      quietlyClose(response.body());
      return Answer.missed(
          Miss.Kind.BAD_ANSWER,
          who + " answered with a Content-Length of \"" + shown(length) + "\"");
    }
    return new Answer.Got<>(
        new Body(
            guard.guard(response.body()),
            0,
            length.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length)),
            Validator.of(response.headers(), response.uri())));
  }

  private Answer<Body> other(HttpResponse<InputStream> response, String who)
      throws UpstreamFailedException {
    int status = response.statusCode();
    String text = errorText(response);
    String said = who + " answered " + status + (text.isEmpty() ? "" : " (" + text + ")");
    return switch (status) {
      case 404, 410 -> {
        // the public mirror's own word for "not yet": absence would be final, this is not
        if (text.contains("fetch timed out")) {
          throw failed(Scope.ITEM, said, null);
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
  private String errorText(HttpResponse<InputStream> response) {
    String type = response.headers().firstValue("Content-Type").orElse("text/plain");
    try (InputStream body = guard.guard(response.body())) {
      if (!type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
        return "";
      }
      return shown(new String(body.readNBytes(ERROR_TEXT_BYTES), StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      return ""; // the status alone says enough
    }
  }

  private static String said(Exception e) {
    return e.getMessage() == null ? "" : ": " + shown(e.getMessage());
  }

  /// Of the upstream's own words, or of an exception that may repeat them.
  private static String shown(String text) {
    String line = Plain.of(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static Optional<URI> location(URI from, HttpResponse<?> response) {
    try {
      return response.headers().firstValue("Location").map(l -> from.resolve(URI.create(l)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String seconds(Duration d) {
    return d.toMillis() / 1000.0 + " s";
  }

  private static UpstreamFailedException failed(
      Scope scope, String sentence, @Nullable IOException cause) {
    return new UpstreamFailedException(scope, sentence, cause);
  }

  private static void quietlyClose(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // nothing of it was wanted
    }
  }
}
