package dev.modgate.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The watcher's HTTP API as the commands need it.
final class ApiClient {
  private static final JsonMapper JSON = JsonMapper.shared();

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
    return send(HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  JsonNode post(String path, JsonNode body) {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  private JsonNode send(HttpRequest.Builder request) {
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
    HttpResponse<byte[]> response;
    try {
      response =
          http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw CliException.notReachable(
          "Modgate does not answer at " + base + " (" + reason(e) + "); start it with: modgate up");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted");
    }
    if (response.statusCode() / 100 == 2) {
      return parse(response.body());
    }
    throw problem(response);
  }

  private CliException problem(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    String detail;
    try {
      JsonNode problem = JSON.readTree(response.body());
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
