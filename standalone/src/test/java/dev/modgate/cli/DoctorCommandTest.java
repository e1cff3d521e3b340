package dev.modgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private @TempDir Path folder;
  private HttpServer server;
  private String url;

  private record Result(int code, String out) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String answer = answers.get(exchange.getRequestURI().getPath());
          byte[] bytes = (answer == null ? "{}" : answer).getBytes(UTF_8);
          exchange.sendResponseHeaders(answer == null ? 503 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void allIsWell() {
    answers.put("/healthz", "ok\n");
    answers.put("/api/v1/doctor", view(Instant.now(), finding("database", "ok", "answers", "")));

    Result result = doctor("--server", url, "--gateway", url);

    assertThat(result.out())
        .contains("ok       clock: the watcher's is as ours")
        .contains("ok       database: answers")
        .contains("ok       gateway: " + url + " serves the zone store")
        .endsWith("all is well" + System.lineSeparator());
    assertThat(result.code()).isZero();
  }

  @Test
  void aProblemSaysWhatToDo() {
    answers.put(
        "/api/v1/doctor",
        view(
            Instant.now(),
            finding("kafka", "problem", "does not answer\\u001b", "see that it runs")));

    Result result = doctor("--server", url);

    assertThat(result.out())
        .contains("problem  kafka: does not answer")
        .contains("         -> see that it runs")
        .contains("1 problem among 2 things looked at")
        .doesNotContain("\u001b");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void clocksThatDifferAreAProblem() {
    answers.put("/api/v1/doctor", view(Instant.now().minusSeconds(600)));

    assertThat(doctor("--server", url).out())
        .containsPattern("problem  clock: the watcher's is (599|60[0-9]) s behind ours");
  }

  @Test
  void whatDoesNotAnswerIsAProblemAndNoEnd() {
    answers.put("/api/v1/doctor", view(Instant.now()));

    Result result = doctor("--server", "http://127.0.0.1:9", "--gateway", url, "--json");

    JsonNode json = JsonMapper.shared().readTree(result.out());
    assertThat(json.path("state").asString("")).isEqualTo("problem");
    assertThat(json.path("findings"))
        .extracting(finding -> finding.path("name").asString(""))
        .containsExactly("API", "gateway");
    assertThat(json.path("findings"))
        .allSatisfy(finding -> assertThat(finding.path("remedy").asString("")).isNotEmpty());
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void whereNothingRunsTheFolderIsLookedAtAllTheSame() {
    Result result = doctor("--data", folder.toString());

    assertThat(result.out())
        .contains("ok       data folder: \"" + folder + "\" can be written")
        .contains("ok       disk: ")
        .contains("ok       keys: none yet; the first start makes them")
        .contains("problem  process: no Modgate runs in \"" + folder + "\"")
        .contains("-> start it with: modgate up -d --data " + folder);
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void whereNothingRunsItAsksForTheDatabaseThatAStartWouldAsk() throws IOException {
    Files.createDirectories(folder.resolve("inner/_modgate/evidence"));

    assertThat(doctor("--data", folder.toString()).out())
        .contains("problem  memory of checksum databases: modules are inside");
    assertThat(doctor("--data", folder.toString(), "--sumdb", "off").out())
        .contains("ok       memory of checksum databases: ");
  }

  @Test
  void aGatewayThatServesItsCacheHasLostItsStore() {
    var line = GatewayLook.judge(url, 200, "ok, from the cache: the zone store can't be read");

    assertThat(line.isOk()).isFalse();
    assertThat(line.sentence()).endsWith("can't read the zone store, and serves its cache");
    assertThat(GatewayLook.judge(url, 404, "").sentence()).endsWith("answers 404");
  }

  private static String view(Instant at, String... findings) {
    return "{\"state\":\"ok\",\"at\":\"%s\",\"findings\":[%s]}"
        .formatted(at, String.join(",", findings));
  }

  private static String finding(String name, String state, String sentence, String remedy) {
    return "{\"name\":\"%s\",\"state\":\"%s\",\"sentence\":\"%s\",\"remedy\":\"%s\"}"
        .formatted(name, state, sentence, remedy);
  }

  private static Result doctor(String... more) {
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      String[] args = new String[more.length + 1];
      args[0] = "doctor";
      System.arraycopy(more, 0, args, 1, more.length);
      int code = Main.commandLine().execute(args);
      return new Result(code, bytes.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }
}
