package dev.modgate.cli;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The watcher's HTTP API as the commands need it.
final class ApiClient {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /// A go.sum of 100,000 lines is planned and written before it is answered.
  private static final Duration SYNC_ANSWER = Duration.ofMinutes(10);

  private static final int MOST_PROBLEM_BYTES = 1 << 16;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI base;
  private final Optional<String> token;

  /// @param base scheme, host and port
  ApiClient(URI base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  URI base() {
    return base;
  }

  /// @param path with its leading slash
  /// @throws CliException when the server can't be reached, or answers with a problem
  JsonNode get(String path) {
    return read(send(HttpRequest.newBuilder(base.resolve(path)).GET(), ANSWER));
  }

  /// Asks for work, such as a sync; waits while the server is busy with others and says when to
  /// come back.
  JsonNode post(String path, JsonNode body) {
    byte[] bytes = JSON.writeValueAsBytes(body);
    long end = System.nanoTime() + SYNC_ANSWER.toNanos();
    while (true) {
      HttpResponse<byte[]> response =
          send(
              HttpRequest.newBuilder(base.resolve(path))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)),
              SYNC_ANSWER);
      Optional<Duration> later = retryAfter(response);
      if (later.isEmpty() || System.nanoTime() + later.get().toNanos() > end) {
        return read(response);
      }
      Background.pause(later.get());
    }
  }

  /// One server-sent event.
  ///
  /// @param name of its kind
  record Event(String name, JsonNode data) {}

  /// Reads a stream of server-sent events to its end.
  ///
  /// @throws CliException when the server can't be reached, answers with a problem, or goes away
  void events(String path, Consumer<Event> each) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).header("Accept", "text/event-stream").GET();
    HttpResponse<InputStream> response = send(request, ANSWER, BodyHandlers.ofInputStream());
    try (var in =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      if (response.statusCode() != 200) {
        throw problem(
            response.statusCode(),
            in.lines().limit(100).collect(joining("\n")).getBytes(StandardCharsets.UTF_8));
      }
      String name = "message";
      var data = new StringBuilder();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.isEmpty() && !data.isEmpty()) {
          each.accept(new Event(name, parse(data.toString().getBytes(StandardCharsets.UTF_8))));
          name = "message";
          data.setLength(0);
        }
      }
    } catch (IOException e) {
      throw unreachable(reason(e));
    }
  }

  /// Copies a large answer, whole.
  ///
  /// @throws IOException where it can't be written, or ends early
  void download(String path, OutputStream out) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).GET();
    HttpResponse<InputStream> response = send(request, SYNC_ANSWER, BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw problem(response.statusCode(), in.readNBytes(MOST_PROBLEM_BYTES));
      }
      in.transferTo(out);
    }
  }

  JsonNode put(String path, JsonNode body) {
    return read(
        send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))),
            ANSWER));
  }

  void delete(String path) {
    HttpResponse<byte[]> response =
        send(HttpRequest.newBuilder(base.resolve(path)).DELETE(), ANSWER);
    if (response.statusCode() / 100 != 2) {
      throw problem(response.statusCode(), response.body());
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
    return response.statusCode() != 503
        ? Optional.empty()
        : response
            .headers()
            .firstValue("Retry-After")
            .filter(seconds -> seconds.matches("[0-9]{1,3}"))
            .map(seconds -> Duration.ofSeconds(Math.max(1, Integer.parseInt(seconds))));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, Duration limit) {
    return send(request, limit, BodyHandlers.ofByteArray());
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, Duration limit, HttpResponse.BodyHandler<T> body) {
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    try {
      return http.send(request.timeout(limit).build(), body);
    } catch (HttpConnectTimeoutException e) {
      throw unreachable(reason(e));
    } catch (HttpTimeoutException e) {
      throw CliException.notReachable(
          "Modgate at "
              + base
              + " took the request and did not answer it within "
              + limit.toSeconds()
              + " s; it may still do what was asked");
    } catch (IOException e) {
      throw unreachable(reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted");
    }
  }

  private CliException unreachable(String reason) {
    return CliException.notReachable(
        "Modgate does not answer at " + base + " (" + reason + "); start it with: modgate up");
  }

  private JsonNode read(HttpResponse<byte[]> response) {
    if (response.statusCode() / 100 == 2) {
      return parse(response.body());
    }
    throw problem(response.statusCode(), response.body());
  }

  private CliException problem(int status, byte[] body) {
    String detail;
    try {
      JsonNode problem = JSON.readTree(body);
      detail = problem.path("detail").asString(problem.path("title").asString(""));
    } catch (JacksonException e) {
      detail = "";
    }
    if (status == 401) {
      return CliException.usage(
          base
              + " wants a token: name its file with --token-file"
              + (detail.isEmpty() ? "" : " (" + detail + ")"));
    }
    String sentence = detail.isEmpty() ? base + " answered " + status : detail;
    if (status == 503) {
      return CliException.notReachable(sentence);
    }
    return status == 400 || status == 413 || status == 415 || status == 422
        ? CliException.usage(sentence)
        : CliException.failed(sentence);
  }

  private JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw CliException.failed("what answers at " + base + " is not Modgate");
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null || message.isEmpty() ? "connection refused" : message;
  }
}
