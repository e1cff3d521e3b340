package dev.modgate.verifier.sumdb;

import dev.modgate.gomod.proxy.ProxyList;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.gomod.sumdb.SumDbOps.Answer;
import dev.modgate.start.connect.Logins;
import dev.modgate.start.connect.Reach;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A checksum database over HTTP: through the first proxy that serves it, else directly. The choice
/// is kept until a request fails.
public final class RemoteDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RemoteDatabase.class);

  /// A tile has 8 KiB, a lookup less than one.
  static final int MAX_BYTES = 16 << 10;

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int SHOWN_CHARACTERS = 200;

  private final Route direct;
  private final List<Route> proxies;
  private final Duration timeout;
  private final Reach reach;
  private final Reach.Clients clients;
  private final AtomicReference<@Nullable Route> chosen = new AtomicReference<>();

  /// @param below where its paths begin, with a slash at the end; empty for its own URL
  /// @param before why the proxies were passed over; empty where they were not
  private record Route(ProxyList.Upstream site, String below, String before) {
    String failed(String why) {
      return site + " " + why + (before.isEmpty() ? "" : " (" + before + ")");
    }
  }

  /// @param proxies asked first, unless the database has a URL of its own
  /// @param timeout for one answer as a whole
  /// @param reach how proxies and database are reached, as the fetcher reaches its upstreams
  public RemoteDatabase(
      GoSumDb.Database database, List<ProxyList.Upstream> proxies, Duration timeout, Reach reach) {
    this.direct =
        new Route(
            new ProxyList.Upstream(database.directUrl(), null, ProxyList.Next.IF_ABSENT), "", "");
    this.proxies =
        database.explicitUrl().isPresent()
            ? List.of()
            : proxies.stream()
                .filter(proxy -> !"file".equals(proxy.uri().getScheme()))
                .map(proxy -> new Route(proxy, database.proxyPath() + "/", ""))
                .toList();
    this.timeout = timeout;
    this.reach = reach;
    this.clients =
        reach.clients(
            HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER));
  }

  /// As [dev.modgate.gomod.sumdb.SumDbOps#readRemote].
  Answer get(String path) throws IOException {
    Route route = route();
    try {
      return ask(route, path);
    } catch (NotLookedForYetException e) {
      throw e;
    } catch (IOException e) {
      chosen.compareAndSet(route, null);
      throw e;
    }
  }

  /// The next request may go another way.
  void chooseAgain() {
    chosen.set(null);
  }

  private Route route() throws IOException {
    Route known = chosen.get();
    if (known != null) {
      return known;
    }
    Route found = choose();
    if (chosen.compareAndSet(null, found)) {
      log.info("asking the checksum database at {}/{}", found.site(), found.below());
    }
    return found;
  }

  private Route choose() throws IOException {
    var failures = new ArrayList<String>();
    for (Route proxy : proxies) {
      try {
        if (ask(proxy, "supported") instanceof Answer.Found) {
          return proxy;
        }
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        if (e.getCause() instanceof Logins.UnusableException) {
          throw e; // who is set to be asked by name is not gone round
        }
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    return new Route(direct.site(), "", String.join("; ", failures));
  }

  private Answer ask(Route route, String path) throws IOException {
    HttpResponse<byte[]> response = send(route, path);
    int status = response.statusCode();
    if (status == 200) {
      return new Answer.Found(new ByteArrayInputStream(response.body()));
    }
    String text = new String(response.body(), StandardCharsets.UTF_8);
    if (status != 404 && status != 410) {
      throw new IOException(
          route.failed("answered " + status + " to " + path + redirect(response) + said(text)));
    }
    if (text.contains("fetch timed out")) {
      throw new NotLookedForYetException(route.failed("answered " + status + said(text)));
    }
    return new Answer.Absent(text);
  }

  private HttpResponse<byte[]> send(Route route, String path) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        clients
            .configured()
            .sendAsync(
                request(route, path), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new IOException(route.failed("can't be reached:" + said(why)), why);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(
          route.failed("gave no whole answer within " + timeout.toMillis() / 1000.0 + " s"), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the checksum database was asked");
    }
  }

  private HttpRequest request(Route route, String path) throws IOException {
    URI uri = route.site().resolve(route.below() + path);
    var request =
        HttpRequest.newBuilder(uri)
            .version(
                "https".equals(uri.getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .header("User-Agent", "modgate");
    try {
      reach.authorize(request, route.site());
    } catch (Logins.UnusableException e) {
      throw new IOException(route.failed("can't be asked: " + e.sentence()), e);
    }
    reach.authorizeProxy(request, uri);
    return request.build();
  }

  private static String redirect(HttpResponse<?> response) {
    Optional<String> location = response.headers().firstValue("Location");
    return location.map(to -> " with a redirect, which is not followed").orElse("");
  }

  private static String said(Throwable why) {
    return said(why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage());
  }

  private static String said(String text) {
    String line = Plain.of(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
    if (line.isEmpty()) {
      return "";
    }
    return " ("
        + (line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…")
        + ")";
  }

  @Override
  public void close() {
    clients.close();
  }
}
