package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API of a watcher or an agent.
final class WatcherApi implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  WatcherApi(String url) {
    this.url = url;
  }

  boolean isReady() throws InterruptedException {
    try {
      return send(request("/readyz")).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /// @param declaration as JSON, with `'` for `"`
  void source(String name, String declaration) throws Exception {
    HttpResponse<String> answer =
        send(
            request("/api/v1/sources/" + name)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(declaration.replace('\'', '"'))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /// Returns when the watcher has promised to read it.
  void hook(String source, SignedPush push) throws Exception {
    HttpRequest.Builder request =
        request("/hooks/" + source).POST(BodyPublishers.ofString(push.body()));
    push.headers().forEach(request::header);
    HttpResponse<String> answer = send(request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> postJson(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  JsonNode get(String path) throws Exception {
    return JsonMapper.shared().readTree(send(request(path)).body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    http.close();
  }
}
