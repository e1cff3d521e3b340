package dev.modgate.watcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.broker.LocalBroker;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.start.key.SigningKeyFile;
import dev.modgate.testsupport.RecordingProxy;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.WatcherParts;
import dev.modgate.watcher.result.Results;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.WantSink;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/// An agent and a watcher, each a whole application, with nothing between them but loopback or a
/// folder. What crosses is kept byte for byte.
final class AgentStoryTest {
  private static final String HASH = Answers.HASH.value();
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static LocalBroker broker;
  private static SigningKey agentKey;
  private static SigningKey watcherKey;

  @BeforeAll
  static void start() throws Exception {
    broker = LocalBroker.start(folder.resolve("kafka"), 0);
    agentKey = new SigningKeyFile(folder.resolve("agent-key")).create("inner-1");
    watcherKey = new SigningKeyFile(folder.resolve("watcher-key")).create("modgate-watcher");
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @Test
  void overHttpOnlyTheWantListGoesOutAndTheTickComesBack() throws Exception {
    int port = freePort();
    try (var watcher = watcher("http", port);
        var proxy = RecordingProxy.to(port);
        var agent =
            agent("http", "--modgate.watcher.agent.watcher=http://127.0.0.1:" + proxy.port())) {
      push(agent, "a");
      bringInside(watcher);
      awaitTick(agent, "a");

      String list = list(agent);
      List<String> wantLists =
          proxy.requests().stream().filter(one -> one.startsWith("POST /agent/v1/want")).toList();
      assertThat(wantLists)
          .containsExactly(
              "POST /agent/v1/want-lists HTTP/1.1\r\nContent-Length: "
                  + list.getBytes(UTF_8).length
                  + "\r\nHost: 127.0.0.1:"
                  + proxy.port()
                  + "\r\nUser-Agent: modgate\r\n\r\n"
                  + list);
      assertIsAllThatIsToBeSaid(list, "a");
      assertThat(proxy.requests())
          .filteredOn(one -> !one.startsWith("POST /agent/v1/want"))
          .isNotEmpty()
          .allMatch(one ->
              one.matches(
                  "POST /agent/v1/statuses HTTP/1.1\r\nContent-Length: [0-9]+\r\nHost:"
                      + " 127.0.0.1:[0-9]+\r\nUser-Agent: modgate\r\n\r\nmodgate status request"
                      + " 1\nagent inner-1\nafter [0-9]+\ntime [-0-9T:]+Z\n\n— inner-1"
                      + " [A-Za-z0-9+/=]+\n"));
      assertThat(get("http://127.0.0.1:" + port + "/api/v1/want-lists"))
          .contains("\"verdict\":\"taken\"", "\"source\":\"payments\"", "\"via\":\"http\"");
    }
  }

  @Test
  void withNothingBetweenThemButAFolderItIsTheSame() throws Exception {
    Path outward = Files.createDirectories(folder.resolve("outward"));
    Path back = Files.createDirectories(folder.resolve("back"));
    var crossed = new ArrayList<String>();
    try (var watcher =
            watcher(
                "folder",
                freePort(),
                "--modgate.watcher.agents.inner-1.folder-in=" + outward,
                "--modgate.watcher.agents.inner-1.folder-out=" + back);
        var agent =
            agent(
                "folder",
                "--modgate.watcher.agent.folder-out=" + folder.resolve("desk"),
                "--modgate.watcher.agent.folder-in=" + back)) {
      push(agent, "b");
      carry(folder.resolve("desk"), outward, crossed);
      bringInside(watcher);
      awaitTick(agent, "b");

      assertThat(crossed).containsExactly(list(agent));
      assertIsAllThatIsToBeSaid(crossed.getFirst(), "b");
    }
  }

  @Test
  void anAgentNeedsNoKafkaAndHasNoSyncs() throws Exception {
    try (var agent =
        agent("alone", "--modgate.watcher.agent.folder-out=" + folder.resolve("nobody"))) {
      String port = agent.getEnvironment().getProperty("local.server.port");
      assertThat(agent.containsBean("resultContainer")).isFalse();
      assertThat(get("http://127.0.0.1:" + port + "/readyz")).isEqualTo("ready\n");
      assertThat(get("http://127.0.0.1:" + port + "/healthz")).isEqualTo("ok\n");
      assertThat(get("http://127.0.0.1:" + port + "/api/v1/sources")).startsWith("[");
      assertThat(get("http://127.0.0.1:" + port + "/api/v1/syncs")).contains("\"status\":404");
    }
  }

  private static void push(ConfigurableApplicationContext agent, String commit) {
    var repository =
        new Repository("payments", "pay/api", GitUrl.parse("https://git.corp.example/pay/api.git"));
    agent
        .getBean(WantSink.class)
        .take(
            new WantSink.Commit(
                repository, commit.repeat(40), "refs/heads/secret", FoundBy.WEBHOOK, "r"),
            WatcherParts.plan(
                "golang.org/x/text v0.14.0 " + HASH,
                "golang.org/x/text v0.14.0/go.mod " + HASH,
                "git.corp.example/pay/lib v1.0.0 " + HASH));
  }

  /// In the stages' place.
  private static void bringInside(ConfigurableApplicationContext watcher) {
    var jdbc = watcher.getBean(JdbcTemplate.class);
    String payload =
        await()
            .atMost(SOON)
            .until(
                () -> jdbc.queryForList("select payload from outbox", String.class),
                found -> !found.isEmpty())
            .getFirst();
    var request = WatcherParts.request(payload.getBytes(UTF_8));
    watcher.getBean(Results.class).apply(List.of(Answers.published(request, Answers.HASH)));
  }

  private static void awaitTick(ConfigurableApplicationContext agent, String commit) {
    var jdbc = agent.getBean(JdbcTemplate.class);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    jdbc.queryForList(
                        "select state || ' ' || sentences from agent_status where commit_id = ?",
                        String.class,
                        commit.repeat(40)))
                .containsExactly("success 1 of 1 modules are inside"));
  }

  private static String list(ConfigurableApplicationContext agent) {
    return String.valueOf(
        agent
            .getBean(JdbcTemplate.class)
            .queryForObject("select content from agent_out", String.class));
  }

  private static void assertIsAllThatIsToBeSaid(String list, String commit) {
    assertThat(list)
        .matches(
            "modgate want list 1\nagent inner-1\nnumber [0-9]+\ncreated [-0-9T:]+Z\nsource"
                + " payments\ncommit "
                + commit.repeat(40)
                + "\nlines 2\nsha256 [0-9a-f]{64}\n\n— inner-1 [A-Za-z0-9+/=]+\n\n"
                + "golang\\.org/x/text v0\\.14\\.0 h1:[A-Za-z0-9+/=]+\n"
                + "golang\\.org/x/text v0\\.14\\.0/go\\.mod h1:[A-Za-z0-9+/=]+\n");
  }

  /// As somebody with a stick does.
  private static void carry(Path from, Path to, List<String> crossed) throws Exception {
    await()
        .atMost(SOON)
        .until(() -> {
          try (Stream<Path> files = Files.list(from)) {
            return files.anyMatch(file -> file.toString().endsWith(".want"));
          } catch (IOException e) {
            return false;
          }
        });
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        crossed.add(Files.readString(file));
        Files.move(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static ConfigurableApplicationContext watcher(String database, int port, String... more) {
    return run(
        "watcher-" + database,
        more,
        "--modgate.kafka.bootstrap-servers=" + broker.bootstrapServers(),
        "--modgate.watcher.port=" + port,
        "--modgate.watcher.sources.payments.agent=inner-1",
        "--modgate.watcher.agents.inner-1.key=" + agentKey.verifierKey(),
        "--modgate.watcher.signing-key=" + folder.resolve("watcher-key"));
  }

  private static ConfigurableApplicationContext agent(String database, String... more) {
    return run(
        "agent-" + database,
        more,
        "--modgate.watcher.mode=agent",
        "--modgate.watcher.port=0",
        "--modgate.kafka.bootstrap-servers=127.0.0.1:1",
        "--modgate.watcher.private-modules=*.corp.example",
        "--modgate.watcher.agent.name=inner-1",
        "--modgate.watcher.agent.signing-key=" + folder.resolve("agent-key"),
        "--modgate.watcher.agent.watcher-key=" + watcherKey.verifierKey(),
        "--modgate.watcher.agent.ask=1s");
  }

  private static ConfigurableApplicationContext run(
      String database, String[] more, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.add("--modgate.watcher.database.url=jdbc:h2:file:" + folder.resolve(database));
    all.addAll(List.of(more));
    return WatcherApplication.builder().run(all.toArray(String[]::new));
  }

  private static String get(String url) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
