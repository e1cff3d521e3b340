package dev.modgate.fetcher.http;

import dev.modgate.fetcher.source.Answer;
import dev.modgate.fetcher.source.Miss;
import dev.modgate.fetcher.source.Origin;
import dev.modgate.fetcher.source.Patience;
import dev.modgate.fetcher.source.Source;
import dev.modgate.fetcher.source.UpstreamFailedException;
import dev.modgate.fetcher.source.UpstreamFailedException.Scope;
import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.start.connect.Logins;
import dev.modgate.start.connect.Reach;
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
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// An upstream over HTTP. Follows few redirects, and only to where somebody configured; sends
/// credentials to the upstream's own address alone.
final class HttpSource implements Source {
  private final ProxyList.Upstream upstream;
  private final TimeLimits limits;
  private final Reach.Clients clients;
  private final HttpPolicy policy;
  private final Redirects redirects;
  private final HttpAnswers answers;

  HttpSource(
      ProxyList.Upstream upstream,
      TimeLimits limits,
      Reach.Clients clients,
      HttpPolicy policy,
      Redirects redirects,
      HttpAnswers answers) {
    this.upstream = upstream;
    this.limits = limits;
    this.clients = clients;
    this.policy = policy;
    this.redirects = redirects;
    this.answers = answers;
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
      HttpResponse<InputStream> response =
          send(uri, wanted.had(), who, patience.forAnswer(limits.header()));
      if (response.statusCode() / 100 != 3) {
        return answers.read(response, wanted.had(), who);
      }
      HttpAnswers.quietlyClose(response.body());
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

  private HttpResponse<InputStream> send(URI uri, Optional<Part> had, String who, Duration wait)
      throws UpstreamFailedException, InterruptedException {
    try {
      HttpClient client = isOwn(uri) ? clients.configured() : clients.others();
      return client.send(request(uri, had, wait), BodyHandlers.ofInputStream());
    } catch (Logins.UnusableException e) {
      throw failed(Scope.UPSTREAM, who + ": " + e.sentence(), null);
    } catch (HttpConnectTimeoutException e) {
      throw failed(noWay(uri), who + ": no connection within " + seconds(limits.connect()), e);
    } catch (HttpTimeoutException e) {
      throw failed(Scope.UNKNOWN, who + ": no answer within " + seconds(wait), e);
    } catch (ConnectException | UnknownHostException | SSLHandshakeException e) {
      throw failed(noWay(uri), who + ": no connection" + said(e), e);
    } catch (IOException e) {
      throw e.getCause() instanceof RuntimeException broken
          ? unreadable(who, broken)
          : failed(
              isTunnel(e) ? noWay(uri) : Scope.UNKNOWN,
              who + (e.getMessage() == null ? ": " + e : said(e)),
              e);
    } catch (RuntimeException e) { // so the client meets some heads
      throw unreadable(who, e);
    }
  }

  /// Where it sends others to may be away, and it itself not.
  private Scope noWay(URI uri) {
    return isOwn(uri) ? Scope.UPSTREAM : Scope.UNKNOWN;
  }

  /// The network's proxy comes through to nobody there, as the client says it.
  private static boolean isTunnel(IOException e) {
    return String.valueOf(e.getMessage()).startsWith("Tunnel failed, got: ");
  }

  /// What is no HTTP.
  private static UpstreamFailedException unreadable(String who, RuntimeException e) {
    return failed(Scope.UNKNOWN, who + " answered with what can't be read" + said(e), e);
  }

  /// Whether it leads to the upstream itself, which alone learns who we are.
  private boolean isOwn(URI uri) {
    return Origin.of(uri).equals(Origin.of(upstream.uri()));
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
      policy.reach().authorize(request, upstream);
    }
    policy.reach().authorizeProxy(request, uri);
    had.ifPresent(part ->
        request
            .header("Range", "bytes=" + part.bytes() + "-")
            .header("If-Range", part.validator().value()));
    return request.build();
  }

  private static String said(Exception e) {
    return e.getMessage() == null ? "" : ": " + HttpAnswers.shown(e.getMessage());
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
      Scope scope, String sentence, @Nullable Exception cause) {
    return new UpstreamFailedException(scope, sentence, cause);
  }
}
