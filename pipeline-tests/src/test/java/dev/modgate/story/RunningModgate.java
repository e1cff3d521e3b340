package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.standalone.Standalone;
import dev.modgate.standalone.StandaloneSettings;
import dev.modgate.testsupport.FakeUpstream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Modgate in this process, and its API.
final class RunningModgate implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(90);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Standalone standalone;

  private RunningModgate(Standalone standalone) {
    this.standalone = standalone;
  }

  /// Without a checksum database.
  static RunningModgate start(Path data, FakeUpstream upstream) {
    return start(data, upstream, "off");
  }

  /// @param sumdb in GOSUMDB syntax
  static RunningModgate start(Path data, FakeUpstream upstream, String sumdb) {
    return new RunningModgate(
        Standalone.start(
            new StandaloneSettings(
                data, 0, 0, 0, upstream.goproxyUrl(), upstream.goproxyUrl(), null, sumdb)));
  }

  String api() {
    return standalone.info().api();
  }

  String gateway() {
    return standalone.info().gateway();
  }

  /// @param declaration as JSON, with `'` for `"`
  void source(String name, String declaration) throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(api() + "/api/v1/sources/" + name))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(declaration.replace('\'', '"'))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  HttpResponse<String> hook(String source, Map<String, String> headers, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(api() + "/hooks/" + source))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return send(request);
  }

  JsonNode get(String path) throws Exception {
    return JsonMapper.shared()
        .readTree(send(HttpRequest.newBuilder(URI.create(api() + path))).body());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /// Waits until a commit of a source was found, and all that it needs is inside.
  ///
  /// @return what found it: `webhook`, `poll`, `person` or `agent`
  String awaitInside(String source, String commit) {
    return Awaitility.await("commit " + commit + " of " + source)
        .atMost(LIMIT)
        .until(() -> inside(source, commit), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<String> inside(String source, String commit) throws Exception {
    for (JsonNode seen : get("/api/v1/sources/" + source + "/commits")) {
      if (seen.path("commit").asString("").equals(commit)) {
        JsonNode sync = get("/api/v1/syncs/" + seen.path("sync").asString("") + "?modules=none");
        return sync.path("state").asString("").equals("done")
            ? Optional.of(seen.path("foundBy").asString(""))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    standalone.close();
    http.close();
  }
}
