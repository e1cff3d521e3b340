package dev.modgate.watcher.host;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Asks the APIs of the hosts, each a few at a time, and not for a while after it failed. For many
/// threads.
public final class HostClient implements AutoCloseable {
  private static final int MOST_BYTES = 8 << 20;

  /// Of GitHub's secondary limit, which names no time.
  private static final Duration LIMITED_FOR = Duration.ofSeconds(60);

  private final HostTurns turns;
  private final HostTrust trust = new HostTrust();
  private final Duration timeout;
  private final Clock clock;

  /// @param timeout for one answer as a whole
  public HostClient(Duration timeout, RandomGenerator random, Clock clock) {
    this.turns = new HostTurns(random, clock);
    this.timeout = timeout;
    this.clock = clock;
  }

  /// @param access whose token is read anew
  HostAnswer ask(HostApi api, Source.Access access, HostRequest request)
      throws InterruptedException {
    String host = api.authority();
    Optional<Instant> later = turns.enter(host);
    if (later.isPresent()) {
      return new HostAnswer.NotAsked(host + " failed just now, or is asked already", later.get());
    }
    try {
      HostAnswer answer = askNow(api, access, request);
      if (answer instanceof HostAnswer.Done || answer instanceof HostAnswer.Refused) {
        turns.answered(host);
      }
      return answer;
    } finally {
      turns.ended(host);
    }
  }

  private HostAnswer askNow(HostApi api, Source.Access access, HostRequest request)
      throws InterruptedException {
    String token;
    HttpClient client;
    try {
      token = access.apiToken().isPresent() ? access.apiToken().get().read() : "";
      client = trust.client(access.caFile());
    } catch (SecretRef.UnreadableException | IOException e) {
      return new HostAnswer.Refused(0, String.valueOf(e.getMessage()));
    }
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return new HostAnswer.Refused(
          0, "secret " + Quoted.of(access.apiToken().orElseThrow().toString()) + " is no token");
    }
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(
            http(api, token, request),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    try {
      return judge(api, token, response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      String said = String.valueOf(why.getMessage());
      return failed(
          api, "can't be asked: " + why.getClass().getSimpleName() + " " + Quoted.of(said));
    } catch (TimeoutException e) {
      return failed(api, "gave no whole answer within " + timeout.toMillis() / 1000.0 + " s");
    } finally {
      response.cancel(true); // of one that is there it does nothing
    }
  }

  private HostAnswer failed(HostApi api, String what) {
    return new HostAnswer.NotNow(
        api.authority() + " " + what, turns.failed(api.authority(), Optional.empty()));
  }

  private static HttpRequest http(HostApi api, String token, HostRequest request) {
    var http =
        HttpRequest.newBuilder(URI.create(api.root() + "/" + request.path()))
            .version(HttpClient.Version.HTTP_1_1)
            .header("User-Agent", "modgate")
            .header("Accept", "application/json");
    if (!token.isEmpty()) {
      authorize(http, api.dialect(), token);
    }
    if (request.json().isPresent()) {
      http.header("Content-Type", "application/json");
      http.method(request.method(), BodyPublishers.ofString(request.json().get()));
    } else {
      http.method(request.method(), BodyPublishers.noBody());
    }
    return http.build();
  }

  private static void authorize(HttpRequest.Builder http, HostApi.Dialect dialect, String token) {
    switch (dialect) {
      case GITHUB, GITEE -> http.header("Authorization", "Bearer " + token);
      case GITLAB -> http.header("PRIVATE-TOKEN", token);
      case GITEA -> http.header("Authorization", "token " + token);
      case BITBUCKET_CLOUD, BITBUCKET_DATA_CENTER ->
          http.header("Authorization", token.contains(":") ? basic(token) : "Bearer " + token);
    }
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private HostAnswer judge(HostApi api, String token, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 204) {
      return new HostAnswer.Done(MissingNode.getInstance(), false);
    }
    if (status >= 200 && status < 300) {
      return json(response.body())
          .<HostAnswer>map(json -> new HostAnswer.Done(json, more(response)))
          .orElseGet(() -> failed(api, "answered " + status + " with something that is no JSON"));
    }
    String sentence = api.authority() + " answered " + status + said(response, token);
    Optional<Instant> wished =
        RetryAfter.of(response.headers(), clock.instant())
            .or(() ->
                isLimited(response)
                    ? Optional.of(clock.instant().plus(LIMITED_FOR))
                    : Optional.empty());
    boolean later =
        status >= 500 || status == 408 || status == 425 || status == 429 || wished.isPresent();
    return later
        ? new HostAnswer.NotNow(sentence, turns.failed(api.authority(), wished))
        : new HostAnswer.Refused(status, sentence);
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      JsonNode json = JsonMapper.shared().readTree(body);
      return json.isContainer() ? Optional.of(json) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /// Whether a further page is announced, wherever it is said to be.
  private static boolean more(HttpResponse<?> response) {
    var links = response.headers().allValues("Link");
    return links.isEmpty() || links.stream().anyMatch(link -> link.contains("rel=\"next\""));
  }

  private static String said(HttpResponse<byte[]> response, String token) {
    if (response.statusCode() >= 300 && response.statusCode() < 400) {
      return " with a redirect, which is not followed";
    }
    String text = message(response);
    return text.isEmpty() || (!token.isEmpty() && text.contains(token))
        ? ""
        : ": " + Quoted.of(text.replaceAll("\\s+", " "));
  }

  private static boolean isLimited(HttpResponse<byte[]> response) {
    return (response.statusCode() == 403 || response.statusCode() == 429)
        && message(response).toLowerCase(Locale.ROOT).contains("rate limit");
  }

  private static String message(HttpResponse<byte[]> response) {
    return json(response.body())
        .map(json -> json.path("message"))
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .orElse("");
  }

  @Override
  public void close() {
    trust.close();
  }
}
