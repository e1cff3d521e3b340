package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.modgate.watcher.hook.Example;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Webhooks over real HTTP, at a watcher whose API wants a token that no host has. No broker is
/// needed.
final class HookHttpTest {
  private static final String TOKEN = "0123456789abcdef";
  private static final String SECRET = "a secret of some length";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path folder;
  private static int port;
  private static ConfigurableApplicationContext watcher;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void start() throws Exception {
    port = freePort();
    watcher = run("hooks", port);
    jdbc = watcher.getBean(JdbcTemplate.class);
  }

  @AfterAll
  static void stop() {
    watcher.close();
  }

  @BeforeEach
  void empty() {
    List.of("delivery_ref", "delivery", "run_ref", "run")
        .forEach(table -> jdbc.update("delete from " + table));
  }

  private static ConfigurableApplicationContext run(String database, int port) throws Exception {
    Path token = Files.writeString(folder.resolve(database + ".token"), TOKEN + "\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Path secret = Files.writeString(folder.resolve(database + ".secret"), SECRET + "\n");
    var args = new ArrayList<String>();
    args.add("--modgate.kafka.bootstrap-servers=127.0.0.1:1");
    args.add("--modgate.watcher.port=" + port);
    args.add("--modgate.watcher.token-file=" + token);
    args.add("--modgate.watcher.hooks.read-timeout=2s");
    args.add("--modgate.watcher.hooks.gather=10m"); // nobody reads anything here
    args.add(
        "--modgate.watcher.database.url=jdbc:h2:file:"
            + folder.resolve(database)
            + ";WRITE_DELAY=0");
    for (String host : List.of("github", "gitlab", "gitea", "bitbucket", "gitee", "generic")) {
      String source = "--modgate.watcher.sources." + host + ".";
      args.add(source + "git=https://" + host + ".invalid/pay/api.git");
      args.add(source + "host=" + host);
      args.add(source + "secrets=file:" + secret);
      args.add(source + "branches=main");
      args.add(source + "poll=0s");
    }
    return WatcherApplication.builder().run(args.toArray(String[]::new));
  }

  private static HttpRequest.Builder request(String source, Example sent) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks/" + source));
    sent.headers().forEach(request::header);
    return request;
  }

  private static HttpResponse<String> send(String source, Example sent) throws Exception {
    return HTTP.send(
        request(source, sent).POST(BodyPublishers.ofByteArray(sent.body())).build(),
        BodyHandlers.ofString());
  }

  private static Example signed(String file) {
    return Example.of(file).signed(SECRET, Instant.now());
  }

  private static String source(String file) {
    return file.substring(0, file.indexOf('/'));
  }

  private static HttpResponse<String> api(String method, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + TOKEN)
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  private static void nothingIsRequested() {
    assertThat(jdbc.queryForObject("select count(*) from run", Integer.class)).isZero();
  }

  private static List<String> verdicts() {
    return jdbc.queryForList("select verdict from delivery order by received_at", String.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github/push",
        "github/push-annotated-tag",
        "github/release-published",
        "gitlab/push",
        "gitlab/push-signed",
        "gitlab/tag-push",
        "gitlab/release-create",
        "gitea/push",
        "gitea/push-of-forgejo",
        "gitea/create-tag",
        "bitbucket/cloud-push",
        "bitbucket/cloud-push-of-several-refs",
        "bitbucket/data-center-push",
        "gitee/push",
        "gitee/tag-push",
        "generic/push",
        "generic/push-without-repository"
      })
  void aSignedPushIsDurableAndAnsweredWithItsId(String file) throws Exception {
    var response = send(source(file), signed(file));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    String id = json(response).path("delivery").asString("");
    JsonNode view = json(api("GET", "/api/v1/deliveries/" + id));
    assertThat(view.path("verdict").asString("")).isEqualTo("accepted");
    assertThat(view.path("repository").asString("")).isEqualTo("pay/api");
    assertThat(view.path("run").path("state").asString("")).isEqualTo("waiting");
    assertThat(view.path("run").path("id")).isEqualTo(json(response).path("run"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          github/ping                             | ping
          github/star                             | ignored
          github/push-other-branch                | ignored
          github/push-deleted-branch              | ignored
          github/pull-request-opened              | ignored
          github/push-foreign-repository          | foreign-repository
          gitlab/note                             | ignored
          gitlab/push-other-branch                | ignored
          gitlab/push-deleted-branch              | ignored
          gitlab/push-foreign-repository          | foreign-repository
          gitea/push-other-branch                 | ignored
          gitea/push-deleted-branch               | ignored
          gitea/push-foreign-repository           | foreign-repository
          bitbucket/data-center-ping              | ping
          bitbucket/cloud-push-other-branch       | ignored
          bitbucket/cloud-push-deleted-branch     | ignored
          bitbucket/cloud-push-foreign-repository | foreign-repository
          gitee/ping                              | ping
          gitee/push-other-branch                 | ignored
          gitee/push-deleted-branch               | ignored
          gitee/push-foreign-repository           | foreign-repository
          generic/ping                            | ping
          generic/push-other-branch               | ignored
          generic/push-deleted-branch             | ignored
          generic/push-foreign-repository         | foreign-repository
          """)
  void whatIsAuthenticAndNothingToDoIsFineAndSaysWhy(String file, String verdict) throws Exception {
    var response = send(source(file), signed(file));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response).path("verdict").asString("")).isEqualTo(verdict);
    assertThat(json(response).path("word").asString("")).isNotBlank();
    nothingIsRequested();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github/push",
        "gitlab/push",
        "gitlab/push-signed",
        "gitea/push",
        "bitbucket/cloud-push",
        "gitee/push",
        "generic/push"
      })
  void whoHasNotSignedGetsTheAnswerOfASourceThatIsNotThere(String file) throws Exception {
    Example sent = Example.of(file);
    Example signed = signed(file);
    var answers = new TreeSet<String>();
    answers.add(shape(send("nobody", signed)));
    answers.add(shape(send(source(file), sent)));
    answers.add(shape(send(source(file), sent.signed("another secret", Instant.now()))));
    if (!file.equals("gitlab/push") && !file.equals("gitee/push")) { // theirs cover no body
      answers.add(shape(send(source(file), signed.withBody("{}"))));
    }
    // weaker headers only, and weaker headers that are right beside the strong one that is wrong
    answers.add(shape(send("github", sent.with("X-Hub-Signature", "sha1=" + "0".repeat(40)))));
    answers.add(
        shape(
            send(
                "gitlab",
                Example.of("gitlab/push-signed")
                    .signed("another secret", Instant.now())
                    .with("X-Gitlab-Token", SECRET))));

    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst())
        .startsWith("404 ")
        .contains("no source of this name with a secret that has signed");
    assertThat(verdicts()).containsOnly("bad-signature", "unsigned", "unknown-source");
    nothingIsRequested();
  }

  /// All of an answer that does not change with time.
  private static String shape(HttpResponse<String> response) {
    Set<String> headers = new TreeSet<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!name.toLowerCase(Locale.ROOT).equals("date")) {
            headers.add(name + values);
          }
        });
    return response.statusCode() + " " + headers + " " + response.body();
  }

  @Test
  void aReplayIsAnsweredWithTheFirstDelivery() throws Exception {
    var first = send("github", signed("github/push"));
    var again = send("github", signed("github/push"));

    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(json(again).path("delivery")).isEqualTo(json(first).path("delivery"));
    assertThat(json(again).path("word").asString("")).startsWith("seen before: ");
    assertThat(jdbc.queryForObject("select count(*) from run", Integer.class)).isEqualTo(1);
  }

  @Test
  void whatWasSignedLongAgoIsRefused() throws Exception {
    var response =
        send(
            "gitlab",
            Example.of("gitlab/push-signed").signed(SECRET, Instant.now().minusSeconds(3_600)));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("more than 5 minutes from our clock's");
    nothingIsRequested();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"ref\":1}", "{\"ref\":[[]]}", "\u0000"})
  void jsonThatIsNoneIsNamed(String body) throws Exception {
    for (String file : List.of("github/push", "bitbucket/data-center-push", "generic/push")) {
      var response =
          send(source(file), Example.of(file).withBody(body).signed(SECRET, Instant.now()));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
      assertThat(json(response).path("verdict").asString("")).isEqualTo("malformed");
      empty();
    }
    nothingIsRequested();
  }

  @Test
  void jsonOfTenThousandLevelsIsNotGoneDown() throws Exception {
    String deep = "{\"ref\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";

    var response =
        send("github", Example.of("github/push").withBody(deep).signed(SECRET, Instant.now()));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("deeper than 64");
    nothingIsRequested();
  }

  @Test
  void a26MegabyteBodyIsAnsweredBeforeAnybodyLooksAtIt() throws Exception {
    Example sent =
        Example.of("github/push").withBody(new byte[26 << 20]).signed(SECRET, Instant.now());
    var announced = send("github", sent);
    var chunked =
        HTTP.send(
            request("github", sent)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(sent.body())))
                .build(),
            BodyHandlers.ofString());

    for (var response : List.of(announced, chunked)) {
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).contains("larger than 1048576 bytes");
    }
    assertThat(verdicts()).containsExactly("too-large", "too-large");
    nothingIsRequested();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"ref\":", ""})
  void aBodyThatStopsComingIsAnswered(String begin) throws Exception {
    try (var socket = slow(begin.getBytes(StandardCharsets.UTF_8), 1_000)) {
      String answer = answer(socket);

      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("longer than 2 seconds");
    }
    assertThat(verdicts()).containsExactly("too-slow");
    nothingIsRequested();
  }

  @Test
  void aBodyThatTricklesInIsAnswered() throws Exception {
    try (var socket = slow(new byte[1], 1_000)) {
      var trickle =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (true) {
                    socket.getOutputStream().write(' ');
                    Thread.sleep(50);
                  }
                } catch (IOException | InterruptedException e) {
                  // it was closed
                }
              });

      assertThat(answer(socket)).startsWith("HTTP/1.1 408 ");
      trickle.interrupt();
    }
    assertThat(verdicts()).containsExactly("too-slow");
  }

  private static Socket slow(byte[] begin, int announced) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(
            ("POST /hooks/github HTTP/1.1\r\nHost: modgate.example\r\nContent-Length: "
                    + announced
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(begin);
    return socket;
  }

  /// What comes until the first `}`.
  private static String answer(Socket socket) throws IOException {
    var answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      answer.append((char) b);
      if (b == '}') {
        break;
      }
    }
    return answer.toString();
  }

  @Test
  void aFormOfManyPartsIsNotReadBeforeItsSignature() throws Exception {
    var response =
        send(
            "github",
            Example.of("github/push").with("Content-Type", "multipart/form-data; boundary=x"));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(verdicts()).containsExactly("unsigned");
  }

  @Test
  void hooksDoNotWaitForTheTurnsOfSyncs() throws Exception {
    try (var sync = new Socket(InetAddress.getLoopbackAddress(), port)) {
      sync.getOutputStream()
          .write(
              ("POST /api/v1/syncs HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                      + TOKEN
                      + "\r\nContent-Type: application/json\r\nContent-Length: 9000000\r\n\r\n{")
                  .getBytes(StandardCharsets.US_ASCII));

      assertThat(send("github", signed("github/push")).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void nothingElseOfTheApiIsBehindTheHooks() throws Exception {
    for (String target :
        List.of(
            "GET /hooks/github",
            "POST /hooks/",
            "POST /hooks",
            "POST /hooks/a/b",
            "POST /hooks/../api/v1/syncs",
            "POST /hooks/..;/api/v1/syncs",
            "POST /hooks/%2e%2e/api/v1/syncs",
            "POST /hooks/..%2fapi%2fv1%2fsyncs",
            "POST //hooks/github",
            "POST /%68ooks/github",
            "POST /HOOKS/github",
            "GET /api/v1/deliveries",
            "POST /api/v1/deliveries/x/redeliver")) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket
            .getOutputStream()
            .write(
                (target
                        + " HTTP/1.1\r\nHost: modgate.example\r\nContent-Length: 0\r\n"
                        + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .as(target)
            .matches("(?s)HTTP/1.1 40[01] .*");
      }
    }
  }

  @Test
  void deliveriesAreListedFilteredAndRedelivered() throws Exception {
    send("github", signed("github/ping"));
    String id =
        json(send("github", signed("github/push").withId("2"))).path("delivery").asString("");

    JsonNode page = json(api("GET", "/api/v1/deliveries?source=github&verdict=accepted&limit=1"));
    var again = api("POST", "/api/v1/deliveries/" + id + "/redeliver");

    assertThat(page.path("deliveries").size()).isEqualTo(1);
    assertThat(page.path("deliveries").path(0).path("id").asString("")).isEqualTo(id);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    assertThat(
            json(api("GET", again.headers().firstValue("Location").orElseThrow()))
                .path("redeliveryOf")
                .asString(""))
        .isEqualTo(id);
    assertThat(json(api("GET", "/api/v1/deliveries")).path("deliveries").size()).isEqualTo(3);
    assertThat(api("GET", "/api/v1/deliveries?verdict=x").statusCode()).isEqualTo(422);
    assertThat(api("GET", "/api/v1/deliveries?limit=101").statusCode()).isEqualTo(422);
    assertThat(api("GET", "/api/v1/deliveries/nope").statusCode()).isEqualTo(404);
    assertThat(api("POST", "/api/v1/deliveries/nope/redeliver").statusCode()).isEqualTo(404);
  }

  @Test
  void withoutADatabaseNothingIsPromised() throws Exception {
    int before = port;
    port = freePort();
    try (var other = run("lost", port)) {
      other.getBean(HikariDataSource.class).close();

      var response = send("github", signed("github/push"));

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).contains("30");
      assertThat(response.body()).contains("nothing was taken");
    } finally {
      port = before;
    }
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsSaidBeforeHostsGiveUp() throws Exception {
    var pool = watcher.getBean(HikariDataSource.class);
    var taken = new ArrayList<Connection>();
    try {
      for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
        taken.add(pool.getConnection());
      }
      Example push = signed("github/push");

      var response =
          HTTP.send(
              request("github", push)
                  .timeout(Duration.ofSeconds(10))
                  .POST(BodyPublishers.ofByteArray(push.body()))
                  .build(),
              BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("nothing was taken");
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
    assertThat(send("github", signed("github/push")).statusCode()).as("again").isEqualTo(202);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
