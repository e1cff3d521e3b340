package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.modgate.broker.LocalBroker;
import dev.modgate.watcher.notify.send.FakeReceiver;
import dev.modgate.watcher.notify.send.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API over real HTTP, with a real broker and H2; nobody answers the requests.
final class ApiTest {
  private static final String HASH = "h1:kuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path folder;
  private static LocalBroker broker;
  private static FakeReceiver slack;
  private static ConfigurableApplicationContext watcher;
  private static String api = "";

  @BeforeAll
  static void start() throws Exception {
    broker = LocalBroker.start(folder.resolve("kafka"), 0);
    int port = freePort();
    api = "http://127.0.0.1:" + port;
    slack = FakeReceiver.start(new Service.Slack(), Clock.systemUTC());
    watcher =
        run(
            "api",
            port,
            "--modgate.watcher.notifications.gather=0s",
            "--modgate.watcher.notifications.channels.ops.kind=slack",
            "--modgate.watcher.notifications.channels.ops.url=" + slack.url());
  }

  private static ConfigurableApplicationContext run(String database, int port, String... more) {
    var args = new java.util.ArrayList<String>();
    args.add("--modgate.kafka.bootstrap-servers=" + broker.bootstrapServers());
    args.add("--modgate.watcher.port=" + port);
    args.add("--modgate.watcher.max-body=16MB");
    args.add(
        "--modgate.watcher.database.url=jdbc:h2:file:"
            + folder.resolve(database)
            + ";WRITE_DELAY=0");
    args.addAll(java.util.List.of(more));
    return WatcherApplication.builder().run(args.toArray(String[]::new));
  }

  @AfterAll
  static void stop() throws Exception {
    watcher.close();
    slack.close();
    broker.close();
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(api + "/api/v1/syncs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(String url) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static String goSum(String text) {
    var body = JsonMapper.shared().createObjectNode().put("label", "test");
    body.putObject("goSum").put("name", "go.sum").put("text", text);
    return body.toString();
  }

  @Test
  void aGoSumBecomesASyncWithARequestForEachVersion() throws Exception {
    var response =
        post(
            goSum(
                "example.com/a v1.0.0 %1$s\nexample.com/a v1.0.0/go.mod %1$s\nexample.com/b v1.0.0/go.mod %1$s\n"
                    .formatted(HASH)));

    assertThat(response.statusCode()).isEqualTo(201);
    JsonNode sync = JsonMapper.shared().readTree(response.body());
    assertThat(sync.path("counts").path("requested").asInt(0)).isEqualTo(2);
    assertThat(sync.path("state").asString("")).isEqualTo("running");
    assertThat(sync.path("settled").asBoolean(true)).isFalse();
    String self = response.headers().firstValue("Location").orElseThrow();
    assertThat(get(api + self).body())
        .contains("example.com/a@v1.0.0", "\"zip\"", "example.com/b@v1.0.0", "\"mod\"");
    assertThat(get(api + "/api/v1/modules/example.com/a/versions/v1.0.0").body())
        .contains("requested");
  }

  @Test
  void aGoModThatRequiresNothingIsDoneAtOnce() throws Exception {
    var response = post("{\"goMod\":{\"text\":\"module m\"}}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    JsonNode sync = JsonMapper.shared().readTree(response.body());
    assertThat(sync.path("state").asString("")).isEqualTo("done");
    assertThat(sync.path("settled").asBoolean(false)).isTrue();
    assertThat(sync.path("counts").path("total").asInt(-1)).isZero();
    assertThat(sync.path("notes").path(0).asString("")).contains("nothing to bring inside");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                            | 400 | the body is no such JSON
          {"goSums":{}}                                | 400 | the body is no such JSON
          {}                                           | 422 | nothing to sync
          {"modules":["golang.org/x/text@latest"]}     | 422 | latest
          {"modules":["golang.org/x/text@v1.2"]}       | 422 | v1.2
          {"modules":["../x@v1.0.0"]}                  | 422 | ../x
          {"modules":["a.b/c@v1.2.3/../../x"]}         | 422 | v1.2.3/../../x
          {"modules":["a.b/C!@v1.2.3"]}                | 422 | C!
          {"modules":[null]}                           | 422 | modules[0]
          {"modules":[{}]}                             | 400 | modules[0] is no text
          {"modules":"a.b/c@v1.0.0"}                   | 400 | modules is no list
          {"goSum":{"text":"a.b/c v1.0.0"}}            | 422 | go.sum:1:
          {"goSum":{"text":"../c v1.0.0 h1:x"}}        | 422 | go.sum:1:
          {"goSum":{"text":"a\\u0000 v1.0.0 h1:x"}}    | 422 | go.sum:1:
          {"goMod":{"text":"require a.b/c v1.0.0"}}    | 422 | go.mod has no module directive
          {"files":[{"name":"../go.mod","text":""}]}   | 422 | "../go.mod", want the path of
          {"files":[{"name":"go.mod"}]}                | 422 | files[0] has no name or no text
          {"files":[{"name":"go.mod","text":"go x"}]}  | 422 | go.mod:1
          {"goMod":{"text":"module m"},"goSum":{"text":"a.b/c v1"}} | 422 | go.sum:1:
          """)
  void badInputIsAProblemThatNamesIt(String body, int status, String sentence) throws Exception {
    var response = post(body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(JsonMapper.shared().readTree(response.body()).path("detail").asString(""))
        .contains(sentence);
  }

  @Test
  void aBodyOverTheLimitIsAnsweredThoughTheClientStillSends() throws Exception {
    var announced = post(goSum("a".repeat(17 << 20)));
    var chunked =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(api + "/api/v1/syncs"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(() ->
                        new java.io.ByteArrayInputStream(
                            goSum("a".repeat(17 << 20))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .build(),
            BodyHandlers.ofString());

    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(chunked.statusCode()).isEqualTo(413);
    assertThat(chunked.body()).contains("16777216 bytes");
  }

  @Test
  void aHundredThousandLinesAreTaken() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("example.com/many v1.0.").append(i).append(' ').append(HASH).append('\n');
    }

    var response = post(goSum(text.toString()));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(response.body()).contains("\"total\":100000");
    String self = response.headers().firstValue("Location").orElseThrow();
    JsonNode page =
        JsonMapper.shared().readTree(get(api + self + "?after=example.com/a@v1.0.0").body());
    assertThat(page.path("modules").size()).isEqualTo(1_000);
    assertThat(page.path("next").asString("")).startsWith("example.com/many@v1.0.");
  }

  @Test
  void moreModulesThanAreTakenAreRefusedWhileTheyAreRead() throws Exception {
    var lines = new StringBuilder();
    var names = JsonMapper.shared().createObjectNode();
    var modules = names.putArray("modules");
    for (int i = 0; i <= 100_000; i++) {
      lines.append("example.com/many v1.1.").append(i).append(' ').append(HASH).append('\n');
      modules.add("example.com/many@v1.1." + i);
    }

    var tooManyLines = post(goSum(lines.append("nonsense").toString()));
    var tooManyNames = post(names.toString());

    assertThat(tooManyLines.statusCode()).isEqualTo(422);
    assertThat(tooManyLines.body())
        .contains("go.sum:100001: file names more than 100000 module versions");
    assertThat(tooManyNames.statusCode()).isEqualTo(400);
    assertThat(tooManyNames.body()).contains("modules has more than 100000 entries");
  }

  @Test
  void aProjectsGoModIsBounded() throws Exception {
    var body = JsonMapper.shared().createObjectNode();
    body.putObject("goSum").put("text", "a.b/c v1.0.0 " + HASH);
    body.putObject("goMod").put("text", "a\n".repeat(1 << 20));

    var response = post(body.toString());

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body())
        .contains("go.mod: file has 2097152 characters, at most 1048576 bytes are allowed");
  }

  @Test
  void aReplaceWithALongPathIsTakenAndNotedInBrief() throws Exception {
    var body = JsonMapper.shared().createObjectNode();
    body.putObject("goSum").put("text", "example.com/long v1.0.0 " + HASH + "\n");
    body.putObject("goMod")
        .put("text", "module m\nreplace a.b/c => ../" + "x".repeat(4_000) + "\n");

    var response = post(body.toString());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    assertThat(JsonMapper.shared().readTree(response.body()).path("notes").get(0).asString(""))
        .startsWith("\"a.b/c\" is replaced by the folder \"../xxx")
        .hasSizeLessThan(400);
  }

  @Test
  void namesThatWouldSteerATerminalAreEscaped() throws Exception {
    var body = JsonMapper.shared().createObjectNode().put("label", "a\u001b[2J\u009b\u202eb");
    body.putObject("goSum")
        .put("name", "go\u009b.sum")
        .put("text", "example.com/m v1.0.0 " + HASH + "\nbroken\n");

    var broken = post(body.toString());
    body.putObject("goSum").put("text", "example.com/m v1.0.0 " + HASH + "\n");
    var taken = post(body.toString());

    assertThat(JsonMapper.shared().readTree(broken.body()).path("detail").asString(""))
        .startsWith("go\\u009b.sum:2: ");
    assertThat(JsonMapper.shared().readTree(taken.body()).path("label").asString(""))
        .isEqualTo("a [2J\\u009b\\u202eb");
  }

  @Test
  void whatIsUnknownIs404() throws Exception {
    assertThat(get(api + "/api/v1/syncs/nope").statusCode()).isEqualTo(404);
    for (String query :
        new String[] {
          "/nope?limit=0", "/nope?limit=1001", "/nope?after=x", "?limit=0", "?limit=101"
        }) {
      assertThat(get(api + "/api/v1/syncs" + query).statusCode()).as(query).isEqualTo(422);
    }
    assertThat(get(api + "/api/v1/modules/example.com/nope").statusCode()).isEqualTo(404);
    assertThat(get(api + "/api/v1/modules/nope").statusCode()).isEqualTo(422);
    assertThat(get(api + "/api/v1/nope").statusCode()).isEqualTo(404);
  }

  @Test
  void statusTellsTheLagOfEveryGroupThoughNobodyIsInIt() throws Exception {
    JsonNode status = JsonMapper.shared().readTree(get(api + "/api/v1/status").body());

    assertThat(status.path("kafka").path("state").asString("")).isEqualTo("up");
    assertThat(status.path("groups"))
        .allSatisfy(group -> assertThat(group.path("lag").isNumber()).isTrue())
        .extracting(group -> group.path("group").asString(""))
        .containsExactly(
            "modgate.fetcher",
            "modgate.verifier",
            "modgate.publisher",
            "modgate.publisher-notes",
            "modgate.watcher");
    assertThat(status.path("stages"))
        .allSatisfy(stage -> {
          assertThat(stage.path("instances")).isEmpty();
          assertThat(stage.path("lag").isNumber()).isTrue();
        })
        .hasSize(3);
    assertThat(get(api + "/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenIsDemandedWhereThereIsOne() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    int port = freePort();
    String url = "http://127.0.0.1:" + port + "/api/v1/status";
    try (var _ = run("token", port, "--modgate.watcher.token-file=" + token)) {
      var right =
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", "Bearer 0123456789abcdef");
      var wrong =
          HttpRequest.newBuilder(URI.create(url))
              .header("Authorization", "Bearer 0123456789abcdeF");

      assertThat(get(url).statusCode()).isEqualTo(401);
      assertThat(HTTP.send(wrong.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      assertThat(HTTP.send(right.build(), BodyHandlers.ofString()))
          .as(HTTP.send(right.build(), BodyHandlers.ofString()).body())
          .matches(response -> response.statusCode() == 200);
    }
  }

  @Test
  void aWideBindWithoutATokenRefusesToStart() throws Exception {
    int port = freePort();

    assertThatThrownBy(() -> run("wide", port, "--modgate.watcher.address=0.0.0.0"))
        .rootCause()
        .hasMessageContaining("\"0.0.0.0\" is open to other machines")
        .hasMessageContaining("token-file");
  }

  @Test
  void theDatabaseIsCopiedWhileItIsUsed() throws Exception {
    HttpResponse<byte[]> copy =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(api + "/api/v1/backup/database")).build(),
            BodyHandlers.ofByteArray());

    assertThat(copy.statusCode()).isEqualTo(200);
    assertThat(copy.headers().firstValueAsLong("Content-Length")).hasValue(copy.body().length);
    assertThat(new String(copy.body(), 0, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("H:2,");
  }

  @Test
  void showsHowLongThingsAreKeptAndPurgesWhenAsked() throws Exception {
    HttpResponse<String> asked =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(api + "/api/v1/retention/purge"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());

    assertThat(asked.statusCode()).isEqualTo(202);
    JsonNode view = JsonMapper.shared().readTree(get(api + "/api/v1/retention").body());
    assertThat(view.path("nextPurge").asString()).isNotEmpty();
    assertThat(view.path("kept").valueStream().map(kept -> kept.path("what").asString()))
        .contains("syncs", "timelines", "runs", "commits", "source-history");
    assertThat(view.path("kept").valueStream())
        .filteredOn(kept -> kept.path("what").asString().equals("syncs"))
        .extracting(kept -> kept.path("keep").asString())
        .containsExactly("PT2160H");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void whoWantsToKnowIsToldThatASyncEnded() throws Exception {
    post("{\"label\":\"told\",\"goMod\":{\"text\":\"module m\"}}");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(slack.taken())
                .anySatisfy(taken -> assertThat(taken.body()).contains("Sync done", "told")));
  }

  @Test
  void aChannelIsTriedAndShownWithoutItsUrl() throws Exception {
    HttpResponse<String> tried =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> tryChannel("ops"), response -> response.statusCode() != 429);

    assertThat(tried.body())
        .isEqualTo(
            "{\"channel\":\"ops\",\"ok\":true,\"sentence\":\"the receiver took the message\"}");
    assertThat(get(api + "/api/v1/notifications").body())
        .contains("\"name\":\"ops\"", "\"kind\":\"slack\"", "\"state\":\"ok\"")
        .doesNotContain("slacktoken");
    assertThat(tryChannel("nobody").statusCode()).isEqualTo(404);
    assertThat(get(api + "/api/v1/notifications?limit=0").statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/syncs", "/api/v1/plans", "/api/v1/sources"})
  void aBodyThatIsNestedDeeperThanAnythingIsNoJson(String path) throws Exception {
    String nested = "[".repeat(10_000) + "]".repeat(10_000);

    for (String body : java.util.List.of(nested, "{\"modules\":" + nested + "}")) {
      HttpResponse<String> refused =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(api + path))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(refused.body()).contains("the body is no such JSON");
    }
  }

  @Test
  void headersHaveABound() throws Exception {
    HttpResponse<String> refused =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(api + "/api/v1/status"))
                .header("X-Long", "x".repeat(17 * 1024))
                .build(),
            BodyHandlers.ofString());

    assertThat(refused.statusCode()).isEqualTo(431);
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  private static HttpResponse<String> tryChannel(String name) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(api + "/api/v1/notifications/" + name + "/test"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build(),
        BodyHandlers.ofString());
  }
}
