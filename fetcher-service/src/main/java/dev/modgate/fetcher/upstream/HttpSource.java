package dev.modgate.fetcher.upstream;

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
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// An upstream over HTTP. Follows few redirects, and only to hosts that somebody configured; sends
/// credentials to the upstream's own address alone.
final class HttpSource implements Source {
  private static final int ERROR_TEXT_BYTES = 2048;
  private static final int SHOWN_CHARACTERS = 200;

  private final ProxyList.Upstream upstream;
  private final HttpClient client;
  private final HttpPolicy policy;
  private final IdleGuard guard;
  private final Clock clock;

  HttpSource(
      ProxyList.Upstream upstream,
      HttpClient client,
      HttpPolicy policy,
      IdleGuard guard,
      Clock clock) {
    this.upstream = upstream;
    this.client = client;
    this.policy = policy;
    this.guard = guard;
    this.clock = clock;
  }

  @Override
  public Answer<Body> open(String proxyPath, String what, Patience patience)
      throws UpstreamFailedException, InterruptedException {
    URI uri = upstream.resolve(proxyPath);
    String who = what + ": " + upstream;
    for (int i = 0; i <= HttpPolicy.MAX_REDIRECTS; i++) {
      HttpResponse<InputStream> response =
          send(uri, who, patience.forAnswer(policy.headerTimeout()));
      if (response.statusCode() / 100 != 3) {
        return read(response, who);
      }
      quietlyClose(response.body());
      Optional<URI> next = location(uri, response);
      if (next.isEmpty()) {
        return Answer.missed(Miss.Kind.BAD_ANSWER, who + " redirects to nowhere");
      }
      Optional<String> fault = policy.redirectFault(uri, next.get());
      if (fault.isPresent()) {
        return Answer.missed(Miss.Kind.BAD_ANSWER, who + " " + fault.get());
      }
      uri = next.get();
    }
    return Answer.missed(
        Miss.Kind.BAD_ANSWER, who + " redirects more than " + HttpPolicy.MAX_REDIRECTS + " times");
  }

  private HttpResponse<InputStream> send(URI uri, String who, Duration wait)
      throws UpstreamFailedException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(wait)
            .version(
                uri.getScheme().equals("https")
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .header("User-Agent", policy.userAgent());
    if (sameOrigin(uri)) {
      upstream.credentialsIfAny().ifPresent(c -> request.header("Authorization", basic(c)));
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (HttpConnectTimeoutException e) {
      throw failed(
          Scope.UPSTREAM, who + ": no connection within " + seconds(policy.connectTimeout()), e);
    } catch (HttpTimeoutException e) {
      throw failed(Scope.UNKNOWN, who + ": no answer within " + seconds(wait), e);
    } catch (ConnectException | UnknownHostException | SSLHandshakeException e) {
      throw failed(
          Scope.UPSTREAM,
          who + ": no connection" + (e.getMessage() == null ? "" : ": " + shown(e.getMessage())),
          e);
    } catch (IOException e) {
      throw failed(
          Scope.UNKNOWN,
          who + ": " + shown(e.getMessage() == null ? e.toString() : e.getMessage()),
          e);
    }
  }

  private Answer<Body> read(HttpResponse<InputStream> response, String who)
      throws UpstreamFailedException {
    int status = response.statusCode();
    if (status == 200) {
      return new Answer.Got<>(
          new Body(
              guard.guard(response.body()), response.headers().firstValueAsLong("Content-Length")));
    }
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
    } catch (IOException e) {
      return ""; // the status alone says enough
    }
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

  private boolean sameOrigin(URI uri) {
    URI own = upstream.uri();
    return own.getScheme().equals(uri.getScheme())
        && own.getHost().equalsIgnoreCase(uri.getHost())
        && own.getPort() == uri.getPort();
  }

  private static String basic(ProxyList.Credentials c) {
    byte[] pair = (c.user() + ":" + c.password()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
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
