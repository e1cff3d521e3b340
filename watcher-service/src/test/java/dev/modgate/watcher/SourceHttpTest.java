package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.modgate.testsupport.GitRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sources over real HTTP: a repository in a folder, and a group of a host on loopback. No broker
/// is needed.
final class SourceHttpTest {
  private static final String SECRET = "hunter2-of-the-webhook";
  private static final String TOKEN = "token-of-the-host-api";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path folder;
  private static int port;
  private static HttpServer host;
  private static ConfigurableApplicationContext watcher;
  private static JdbcTemplate jdbc;
  private static GitRepository repository;
  private static String commit;

  @BeforeAll
  static void start() throws Exception {
    repository = GitRepository.create(folder, "api");
    commit = repository.write("README", "no module is needed\n").push();
    secret("secret", SECRET);
    secret("token", TOKEN);
    host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext(
        "/",
        exchange -> {
          boolean group =
              exchange.getRequestURI().getRawPath().equals("/api/v4/groups/pay/projects");
          boolean first = String.valueOf(exchange.getRequestURI().getQuery()).endsWith("&page=1");
          String names =
              first
                  ? "{\"path_with_namespace\":\"pay/a\"},{\"path_with_namespace\":\"pay/b\"}"
                  : "";
          byte[] body =
              (group ? "[" + names + "]" : "{\"message\":\"no\"}").getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(group ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    host.start();
    port = freePort();
    watcher =
        WatcherApplication.builder()
            .run(
                "--modgate.kafka.bootstrap-servers=127.0.0.1:1",
                "--modgate.watcher.secrets-folder=" + folder,
                "--modgate.watcher.port=" + port,
                "--modgate.watcher.groups.confirm-above=1",
                "--modgate.watcher.sources.fixed.git=https://fixed.invalid/a.git",
                "--modgate.watcher.sources.fixed.host=generic",
                "--modgate.watcher.sources.fixed.webhook=false",
                "--modgate.watcher.sources.fixed.poll=0s",
                "--modgate.watcher.database.url=jdbc:h2:file:" + folder.resolve("database"));
    jdbc = watcher.getBean(JdbcTemplate.class);
  }

  @AfterAll
  static void stop() {
    if (watcher != null) {
      watcher.close();
      host.stop(0);
    }
  }

  @AfterEach
  void remove() throws Exception {
    for (String name : List.of("pay", "group")) {
      var _ = send("DELETE", "/" + name, "");
    }
    jdbc.update("delete from source_change where declared = 'api'");
  }

  private static String secret(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Files.writeString(file, text + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return "file:" + file;
  }

  private static String ofFolder(String more) {
    return "{\"git\":\"" + repository.bare().toUri() + "\",\"poll\":\"0s\"" + more + "}";
  }

  private static String signed() {
    return ofFolder(",\"secrets\":[\"file:" + folder.resolve("secret") + "\"]");
  }

  private static String ofGroup() {
    return "{\"git\":\"http://127.0.0.1:"
        + host.getAddress().getPort()
        + "\",\"host\":\"gitlab\",\"group\":\"pay\",\"webhook\":false,\"poll\":\"0s\",\"apiToken\":\"file:"
        + folder.resolve("token")
        + "\"}";
  }

  /// Whatever is asked and answered, no secret is in it.
  private static HttpResponse<String> send(String method, String path, String body)
      throws Exception {
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/api/v1/sources" + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.body() + response.headers()).doesNotContain(SECRET, TOKEN);
    return response;
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static JsonNode await(String path, Predicate<JsonNode> good) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      HttpResponse<String> response = send("GET", path, "");
      JsonNode json =
          response.statusCode() == 200 ? json(response) : JsonMapper.shared().nullNode();
      if (good.test(json)) {
        return json;
      }
      assertThat(System.nanoTime()).as("%s: %s", path, response.body()).isLessThan(until);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Test
  void aSourceIsAddedChangedShownAndRemovedAndItsHistoryStays() throws Exception {
    HttpResponse<String> added = send("PUT", "/pay", signed());
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.headers().firstValue("Location")).contains("/api/v1/sources/pay");
    assertThat(json(added).path("hook").asString("")).isEqualTo("/hooks/pay");
    assertThat(json(added).path("definition").path("secrets").path(0).asString(""))
        .isEqualTo("file:" + folder.resolve("secret"));
    assertThat(send("PUT", "/pay", signed()).statusCode()).as("the same").isEqualTo(200);

    assertThat(send("PUT", "/pay", ofFolder(",\"webhook\":false")).statusCode()).isEqualTo(200);

    JsonNode shown = json(send("GET", "/pay", ""));
    assertThat(shown.path("declared").asString("")).isEqualTo("api");
    assertThat(shown.has("hook")).isFalse();
    assertThat(send("GET", "", "").body()).contains("\"fixed\"", "\"pay\"");
    assertThat(send("DELETE", "/pay", "").statusCode()).isEqualTo(204);
    assertThat(send("GET", "/pay", "").statusCode()).isEqualTo(404);
    assertThat(json(send("GET", "/pay/history", "")).findValuesAsString("change"))
        .containsExactly("removed", "changed", "added");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /none",
        "DELETE | /none",
        "GET | /none/history",
        "POST | /none/test",
        "GET | /none/commits",
        "GET | /none/ticks",
        "GET | /none/group",
        "POST | /none/import",
        "GET | /none/health",
      })
  void aSourceThatThereIsNotIsNamed(String method, String path) throws Exception {
    HttpResponse<String> response = send(method, path, "");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("there is no source \\\"none\\\"");
  }

  @Test
  void aSourceOfTheSettingsIsNotChangedHere() throws Exception {
    HttpResponse<String> put = send("PUT", "/fixed", signed());
    HttpResponse<String> delete = send("DELETE", "/fixed", "");

    assertThat(List.of(put.statusCode(), delete.statusCode())).containsOnly(409);
    assertThat(put.body()).contains("is declared in the settings: change it there");
    assertThat(delete.body()).contains("is declared in the settings: remove it there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pay | {} | 422 | git is missing",
        "Pay | {'agent':'inner-1'} | 422 | name is \\\"Pay\\\"",
        "pay | {'agent':'Inner.1'} | 422 | agent is \\\"Inner.1\\\"",
        "pay | {'git':'https://github.com/a','secrets':['hunter2-of-the-webhook']} | 422 | is no reference",
        "pay | {'git':'https://github.com/a','secrets':['file:/none/at/all']} | 422 | /none/at/all",
        "pay | {'git':'https://u:hunter2-of-the-webhook@github.com/a','webhook':false} | 422 | git ",
        "pay | {'gti':'https://github.com/a'} | 400 | gti",
        "pay | {'git': | 400 | JSON",
      })
  void aDeclarationThatIsWrongChangesNothing(
      String name, String declaration, int status, String sentence) throws Exception {
    HttpResponse<String> response = send("PUT", "/" + name, declaration.replace('\'', '"'));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains(sentence);
    assertThat(send("GET", "/pay", "").statusCode()).isEqualTo(404);
  }

  @Test
  void aTestSaysOfEachPartWhatItFound() throws Exception {
    assertThat(send("PUT", "/pay", signed()).statusCode()).isEqualTo(201);

    JsonNode steps = json(send("POST", "/pay/test", ""));

    assertThat(steps.findValuesAsString("sentence"))
        .contains(
            "file:" + folder.resolve("secret") + " is readable, 22 characters",
            "1 branches and tags, of which the source wants 1");
  }

  @Test
  void aRefThatIsAskedForIsReadAndItsCommitShown() throws Exception {
    assertThat(send("PUT", "/pay", signed()).statusCode()).isEqualTo(201);
    assertThat(send("GET", "/pay/commits", "").body()).isEqualTo("[]");

    HttpResponse<String> asked = send("POST", "/pay/commits", "{\"ref\":\"refs/heads/main\"}");

    assertThat(asked.statusCode()).isEqualTo(202);
    JsonNode commits = await("/pay/commits", json -> !json.isEmpty());
    assertThat(commits.toString()).contains(commit);
    assertThat(send("GET", "/pay/ticks", "").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST | /commits | {'ref':'main'} | 422 | want a full name such as refs/heads/main",
        "POST | /commits | {} | 422 | want a full name such as refs/heads/main",
        "POST | /commits | {'ref':'refs/heads/main','repository':'x'} | 404 | has no repository \\\"x\\\"",
        "GET | /commits?limit=0 | {} | 422 | limit is 0, want 1 to 1000",
        "GET | /ticks?limit=1001 | {} | 422 | limit is 1001, want 1 to 1000",
        "GET | /ticks?limit=many | {} | 400 | limit",
        "GET | /group | {} | 409 | is no group",
        "POST | /import | {} | 409 | is no group",
      })
  void whatCannotBeDoneIsSaid(String method, String path, String body, int status, String sentence)
      throws Exception {
    assertThat(send("PUT", "/pay", signed()).statusCode()).isEqualTo(201);

    HttpResponse<String> response = send(method, "/pay" + path, body.replace('\'', '"'));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains(sentence);
  }

  @Test
  void aTickIsShownWithWhyItIsNotSent() throws Exception {
    assertThat(send("PUT", "/pay", signed()).statusCode()).isEqualTo(201);
    jdbc.update(
        "insert into tick (source, repository, commit_id, state, description, link, changed,"
            + " changed_at, sentence) values ('pay','api',?,'failure','1 was refused',"
            + "'http://127.0.0.1/',99,current_timestamp,'there is no token')",
        commit);

    JsonNode ticks = json(send("GET", "/pay/ticks?limit=1", ""));

    assertThat(ticks.toString()).contains(commit, "failure", "1 was refused", "there is no token");
    jdbc.update("delete from tick");
  }

  @Test
  void aLargeGroupWaitsForItsImportToBeConfirmed() throws Exception {
    assertThat(send("PUT", "/group", ofGroup()).statusCode()).isEqualTo(201);
    JsonNode sized = await("/group/group", json -> json.path("state").asString("").equals("sized"));
    assertThat(sized.path("waiting").asInt()).isEqualTo(2);
    assertThat(sized.path("repositories").asInt()).isZero();
    assertThat(sized.path("names").toString()).isEqualTo("[\"pay/a\",\"pay/b\"]");

    HttpResponse<String> confirmed = send("POST", "/group/import", "");

    assertThat(confirmed.statusCode()).isEqualTo(200);
    assertThat(json(confirmed).path("state").asString("")).isEqualTo("imported");
    assertThat(json(confirmed).path("repositories").asInt()).isEqualTo(2);
    assertThat(send("POST", "/group/import", "").statusCode()).as("again").isEqualTo(200);
    HttpResponse<String> commits = send("POST", "/group/commits", "{\"ref\":\"refs/heads/main\"}");
    assertThat(commits.statusCode()).isEqualTo(422);
    assertThat(commits.body()).contains("has 2 repositories: say which one");
  }

  @Test
  void aGroupThatCannotBeListedIsNotImported() throws Exception {
    String nowhere = ofGroup().replace("\"group\":\"pay\"", "\"group\":\"nowhere\"");
    assertThat(send("PUT", "/group", nowhere).statusCode()).isEqualTo(201);
    await("/group/group", json -> json.path("sentence").asString("").contains("404"));

    HttpResponse<String> confirmed = send("POST", "/group/import", "");

    assertThat(confirmed.statusCode()).isEqualTo(409);
    assertThat(confirmed.body()).contains("is not listed yet");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
