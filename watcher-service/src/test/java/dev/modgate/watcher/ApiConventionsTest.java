package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What holds for all of `/api/v1`, over real HTTP, with H2 and no broker.
final class ApiConventionsTest {
  private static final Path DESCRIPTION = Path.of("../docs/openapi.json");
  private static final String NOBODY = "k".repeat(64) + ":9092"; // too long for a name
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path folder;
  private static ConfigurableApplicationContext watcher;
  private static String api = "";

  @BeforeAll
  static void start() throws Exception {
    int port = freePort();
    api = "http://127.0.0.1:" + port;
    watcher =
        WatcherApplication.builder()
            .run(
                "--modgate.kafka.bootstrap-servers=" + NOBODY,
                "--modgate.watcher.port=" + port,
                "--modgate.watcher.signing-key=" + folder.resolve("key"),
                "--modgate.watcher.git.folder=" + folder.resolve("git"),
                "--modgate.watcher.database.url=jdbc:h2:file:" + folder.resolve("database"));
  }

  @AfterAll
  static void stop() {
    watcher.close();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(api + path));
  }

  private static HttpRequest.Builder sync(String key, String label, String module) {
    return to("/api/v1/syncs")
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .POST(
            BodyPublishers.ofString(
                "{\"label\":\"%s\",\"modules\":[\"example.com/%s@v1.0.0\"]}"
                    .formatted(label, module)));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  @Test
  void theDescriptionInTheRepositoryIsCurrent() throws Exception {
    String served = send(to("/api/v1/openapi.json")).body() + "\n";

    if (Boolean.getBoolean("openapi.write")) {
      Files.writeString(DESCRIPTION, served);
    }
    assertThat(Files.readString(DESCRIPTION))
        .as("bring docs/openapi.json up to date as CONTRIBUTING.md says")
        .isEqualTo(served);
  }

  @Test
  void everythingIsDescribed() throws Exception {
    JsonNode described = json(send(to("/api/v1/openapi.json")));

    assertThat(described.path("openapi").asString()).startsWith("3.1");
    var missing = new ArrayList<String>();
    described
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation -> {
                  String name =
                      operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
                  missingIn(name, operation.getValue(), missing);
                }));
    described
        .path("components")
        .path("schemas")
        .properties()
        .forEach(schema -> {
          if (!schema.getValue().has("description")) {
            missing.add("body " + schema.getKey());
          }
        });
    assertThat(missing).as("sentences for words.txt of the package openapi").isEmpty();
  }

  private static void missingIn(String name, JsonNode operation, List<String> missing) {
    if (!operation.has("summary")) {
      missing.add(name);
    }
    for (JsonNode parameter : operation.path("parameters")) {
      if (!parameter.has("description")) {
        missing.add(name + " " + parameter.path("name").asString());
      }
    }
    operation
        .path("responses")
        .properties()
        .forEach(response -> {
          if (response.getValue().path("description").asString("").isEmpty()) {
            missing.add(name + " " + response.getKey());
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/nothing, '', 404",
    "GET, /nothing, '', 404",
    "GET, /api/v1/syncs/none, '', 404",
    "DELETE, /api/v1/syncs, '', 405",
    "POST, /api/v1/syncs, text/plain, 415",
    "POST, /api/v1/syncs, application/json, 400",
    "GET, /api/v1/syncs?limit=many, '', 400",
    "GET, /api/v1/syncs?limit=0, '', 422",
    "GET, /api/v1/syncs?after=x, '', 422",
    "GET, /api/v1/ledger/users, '', 400",
    "GET, /api/v1/ledger/users?module=%00, '', 422",
    "GET, /api/v1/%2e%2e, '', 400",
    "GET, /api/v1/dead-letters?state=x, '', 422",
    "GET, /api/v1/dead-letters?stage=%00, '', 422",
    "GET, /api/v1/dead-letters?cause=%00, '', 422",
    "GET, /api/v1/dead-letters/x, '', 404",
    "POST, /api/v1/dead-letters/retry, application/json, 400",
    "POST, /api/v1/resume?stage=x, '', 422",
  })
  void everyErrorIsAProblemDocument(String method, String path, String type, int status)
      throws Exception {
    HttpRequest.Builder request = to(path).method(method, BodyPublishers.ofString("{"));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }

    HttpResponse<String> response = send(request);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asString("")).isNotEmpty();
    assertThat(problem.path("detail").asString("")).isNotEmpty();
  }

  @Test
  void anAnswerThatNobodyTakesIsAProblemDocumentToo() throws Exception {
    HttpResponse<String> response = send(to("/api/v1/syncs").header("Accept", "image/png"));

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(json(response).path("status").asInt()).isEqualTo(406);
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() throws Exception {
    HttpResponse<String> first = send(to("/api/v1/sources"));
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = send(to("/api/v1/sources").header("If-None-Match", tag));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(send(to("/api/v1/ledger?format=csv")).headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void aKeyedRequestIsDoneOnce() throws Exception {
    HttpResponse<String> first = send(sync("key-1", "once", "once"));
    HttpResponse<String> again = send(sync("key-1", "once", "once"));
    HttpResponse<String> other = send(sync("key-1", "once", "another"));

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Location"))
        .isEqualTo(first.headers().firstValue("Location"));
    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(json(send(to("/api/v1/syncs?label=once")))).hasSize(1);
  }

  @Test
  void lettersAreChosenInOneWay() throws Exception {
    HttpResponse<String> unknown = send(letters("{\"ids\":[12,13],\"by\":\"ada\"}"));

    assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(200);
    assertThat(json(unknown).path("untouched")).hasSize(2);
    assertThat(send(letters("{}")).statusCode()).isEqualTo(422);
    assertThat(send(letters("{\"all\":true,\"cause\":\"x\"}")).statusCode()).isEqualTo(422);
    assertThat(send(letters("{\"ids\":[]}")).statusCode()).isEqualTo(422);
    assertThat(send(letters("{\"ids\":[null]}")).statusCode()).isEqualTo(422);
    assertThat(send(letters("{\"cause\":\"\\u0000\"}")).statusCode()).isEqualTo(422);
    assertThat(send(letters("{\"all\":true,\"after\":\"x\"}")).statusCode()).isEqualTo(422);
    assertThat(json(send(to("/api/v1/dead-letters?limit=3"))).path("letters")).isEmpty();
    assertThat(json(send(to("/api/v1/dead-letters/causes")))).isEmpty();
  }

  private static HttpRequest.Builder letters(String body) {
    return to("/api/v1/dead-letters/discard")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  @Test
  void whatFailedMayBeTriedAgainWithItsKey() throws Exception {
    HttpResponse<String> failed = send(sync("key-2", "again", "%20"));
    HttpResponse<String> again = send(sync("key-2", "again", "again"));

    assertThat(failed.statusCode()).as(failed.body()).isEqualTo(422);
    assertThat(again.statusCode()).isEqualTo(201);
  }

  @Test
  void aListComesInPagesThatFollowEachOther() throws Exception {
    for (int i = 0; i < 5; i++) {
      send(sync("page-" + i, "page", "page-" + i));
    }
    var ids = new ArrayList<String>();
    String next = "/api/v1/syncs?label=page&limit=2";
    int pages = 0;
    while (!next.isEmpty()) {
      HttpResponse<String> page = send(to(next));
      json(page).forEach(sync -> ids.add(sync.path("id").asString()));
      next =
          page.headers()
              .firstValue("Link")
              .map(link -> link.replaceFirst("^<(.*)>; rel=\"next\"$", "$1"))
              .orElse("");
      pages++;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(ids).hasSize(5).doesNotHaveDuplicates();
  }
}
