package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.note.SigningKey;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.start.key.SigningKeyFile;
import dev.modgate.testsupport.FakeHost;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import dev.modgate.testsupport.RecordingProxy;
import dev.modgate.testsupport.SyntheticModule;
import dev.modgate.watcher.WatcherApplication;
import dev.modgate.watcher.wantlist.WantLine;
import dev.modgate.watcher.wantlist.WantList;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// The Git host and an agent are inside, Modgate is outside: between them a connection from inside,
/// or nothing but a folder each way.
final class GitInsideStoryTest {
  private static final SyntheticModule LEFT = SyntheticModule.of("example.com/left@v1.2.3");
  private static final SyntheticModule RIGHT = SyntheticModule.of("example.com/right@v0.4.0");
  private static final SyntheticModule PRIVATE =
      SyntheticModule.of("git.corp.example/secret@v1.0.0");
  private static final String SECRET = "correct horse battery staple";
  private static final String PRIVATE_MODULES = "modgate.watcher.private-modules";

  @TempDir static Path folder;

  private static SigningKey online;
  private static SigningKey carried;
  private static FakeUpstream upstream;
  private static FakeHost host;
  private static GitRepository repository;
  private static GitServer git;
  private static RunningModgate modgate;

  @BeforeAll
  static void start() throws Exception {
    repository = GitRepository.create(Files.createDirectories(folder.resolve("git")), "pay/api");
    online = new SigningKeyFile(folder.resolve("online-key")).create("online");
    carried = new SigningKeyFile(folder.resolve("carried-key")).create("carried");
    upstream = FakeUpstream.serving(LEFT, RIGHT, PRIVATE);
    host = FakeHost.start();
    git = GitServer.start(folder.resolve("git"));
    Files.writeString(folder.resolve("secret"), SECRET);
    Files.writeString(folder.resolve("token"), "t0ken");
    Map<String, String> outside =
        Map.of(
            PRIVATE_MODULES,
            "*.corp.example",
            "modgate.watcher.agents.online.key",
            online.verifierKey().toString(),
            "modgate.watcher.agents.carried.key",
            carried.verifierKey().toString(),
            "modgate.watcher.agents.carried.folder-in",
            Files.createDirectories(folder.resolve("arrived")).toString(),
            "modgate.watcher.agents.carried.folder-out",
            Files.createDirectories(folder.resolve("back")).toString());
    outside.forEach(System::setProperty);
    try {
      modgate = RunningModgate.start(folder.resolve("data"), upstream);
    } finally {
      outside.keySet().forEach(System::clearProperty);
    }
    modgate.source("online-api", "{'agent':'online'}");
    modgate.source("carried-api", "{'agent':'carried'}");
  }

  @AfterAll
  static void stop() {
    modgate.close();
    git.close();
    host.close();
    upstream.close();
  }

  @Test
  void aPushInsideSendsOutTheWantListAloneAndGetsItsModulesAndItsStatus() throws Exception {
    try (var between = RecordingProxy.to(URI.create(modgate.api()).getPort());
        var agent =
            agent("online", "--modgate.watcher.agent.watcher=http://127.0.0.1:" + between.port());
        var outside = new WatcherApi(modgate.api())) {
      String commit = push(agent, "online-api", LEFT);
      assertIsInsideAndTold("online-api", commit, LEFT);

      List<String> lists =
          between.requests().stream()
              .filter(request -> request.startsWith("POST /agent/v1/want-lists "))
              .map(request -> request.substring(request.indexOf("\r\n\r\n") + 4))
              .toList();
      assertThat(lists).hasSize(1);
      var list = new CrossedList(lists.getFirst());
      assertThat(list.text()).isEqualTo(list.asAgreed(online, "online-api", commit, LEFT));
      assertThat(between.requests())
          .filteredOn(request -> !request.startsWith("POST /agent/v1/want-lists "))
          .allSatisfy(request ->
              assertThat(request)
                  .startsWith("POST /agent/v1/statuses ")
                  .matches(
                      "(?s).*\\r\\n\\r\\nmodgate status request 1\\nagent online\\nafter [0-9]+"
                          + "\\ntime [-0-9T:]+Z\\n\\n— online [A-Za-z0-9+/=]+\\n"));
      assertOthersAreRefused(outside, list, commit);
    }
  }

  @Test
  void withNothingButAFolderEachWayItIsTheSame() throws Exception {
    Path outward = folder.resolve("outward");
    try (var agent =
        agent(
            "carried",
            "--modgate.watcher.agent.folder-out=" + outward,
            "--modgate.watcher.agent.folder-in=" + folder.resolve("back"))) {
      String commit = push(agent, "carried-api", RIGHT);
      List<CrossedList> crossed = CrossedList.carry(outward, folder.resolve("arrived"));
      assertIsInsideAndTold("carried-api", commit, RIGHT);

      assertThat(crossed).hasSize(1);
      assertThat(crossed.getFirst().text())
          .isEqualTo(crossed.getFirst().asAgreed(carried, "carried-api", commit, RIGHT));
      assertThat(outward).isEmptyDirectory();
      assertThat(folder.resolve("arrived")).isEmptyDirectory();
    }
  }

  private static ConfigurableApplicationContext agent(String name, String... way) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--modgate.watcher.mode=agent",
                "--modgate.watcher.port=0",
                "--" + PRIVATE_MODULES + "=*.corp.example",
                "--modgate.watcher.database.url=jdbc:h2:file:" + folder.resolve("db-" + name),
                "--modgate.watcher.secrets-folder=" + folder,
                "--modgate.watcher.git.folder=" + folder.resolve("read-" + name),
                "--modgate.watcher.hooks.gather=0s",
                "--modgate.watcher.agent.name=" + name,
                "--modgate.watcher.agent.signing-key=" + folder.resolve(name + "-key"),
                "--modgate.watcher.agent.watcher-key=" + watcherKey(),
                "--modgate.watcher.agent.ask=1s"));
    arguments.addAll(List.of(way));
    return WatcherApplication.builder().run(arguments.toArray(String[]::new));
  }

  private static String watcherKey() {
    return new SigningKeyFile(folder.resolve("data/keys/watcher")).read().verifierKey().toString();
  }

  /// A push that needs this module, and a private one.
  private static String push(
      ConfigurableApplicationContext agent, String source, SyntheticModule needed)
      throws Exception {
    String port = agent.getEnvironment().getProperty("local.server.port");
    try (var inside = new WatcherApi("http://127.0.0.1:" + port)) {
      inside.source(
          source,
          "{'git':'%s','host':'gitea','secrets':['file:%s'],'poll':'0s','api':'%s','apiToken':'file:%s'}"
              .formatted(
                  git.url("pay/api"),
                  folder.resolve("secret"),
                  host.url() + "/api/v1",
                  folder.resolve("token")));
      String commit = repository.write("go.sum", needed.goSum() + PRIVATE.goSum()).push();
      inside.hook(source, SignedPush.of("gitea/push", commit, SECRET));
      return commit;
    }
  }

  private static void assertIsInsideAndTold(String source, String commit, SyntheticModule needed)
      throws Exception {
    assertThat(modgate.awaitInside(source, commit)).isEqualTo("agent");
    Path inner = folder.resolve("data/inner");
    assertThat(inner.resolve(ProxyPath.zip(needed.module()))).hasBinaryContent(needed.zip());
    await("the status")
        .atMost(Site.LIMIT)
        .untilAsserted(() ->
            assertThat(host.status("pay/api", commit))
                .hasValueSatisfying(status -> {
                  assertThat(status.state()).isEqualTo("success");
                  assertThat(status.description()).contains("1 of 1 modules are inside");
                }));
    assertThat(upstream.requests())
        .extracting(FakeUpstream.Seen::path)
        .noneMatch(path -> path.contains("corp.example"));
  }

  private static void assertOthersAreRefused(WatcherApi outside, CrossedList list, String commit)
      throws Exception {
    int syncs = outside.get("/api/v1/syncs").size();
    long number = list.number();
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String secret =
        list(number + 1, now, commit, new WantLine(PRIVATE.module(), false, Optional.empty()));
    WantLine left =
        new WantLine(ModuleVersion.parse("example.com/left@v1.2.3"), true, Optional.empty());

    assertThat(refusal(outside, list.withAnotherSignature())).startsWith("wrong-signature: ");
    assertThat(refusal(outside, list(number, now, commit, left))).startsWith("replayed: ");
    assertThat(refusal(outside, list(number + 2, now.minus(Duration.ofDays(31)), commit, left)))
        .startsWith("out-of-time: ");
    assertThat(refusal(outside, secret))
        .startsWith("private-path: ")
        .doesNotContain("corp.example");
    assertThat(outside.post("/agent/v1/want-lists", list.text()).statusCode())
        .as("the same once more, as after an answer that was lost")
        .isEqualTo(202);

    assertThat(verdicts(outside))
        .containsExactlyInAnyOrder(
            "taken", "wrong-signature", "replayed", "out-of-time", "private-path");
    assertThat(outside.get("/api/v1/syncs")).hasSize(syncs);
    assertThat(outside.get("/api/v1/want-lists").toString()).doesNotContain("corp.example");
  }

  private static String list(long number, Instant created, String commit, WantLine line) {
    return WantList.write(
        new WantList.About("online", number, created, "online-api", commit), List.of(line), online);
  }

  private static String refusal(WatcherApi outside, String list) throws Exception {
    var answer = outside.post("/agent/v1/want-lists", list);
    assertThat(answer.statusCode()).as(answer.body()).isIn(409, 422);
    return answer.body();
  }

  /// Of the agent with a connection, or of nobody.
  private static List<String> verdicts(WatcherApi outside) throws Exception {
    var verdicts = new ArrayList<String>();
    for (JsonNode list : outside.get("/api/v1/want-lists")) {
      if (list.path("via").asString().equals("http")) {
        verdicts.add(list.path("verdict").asString());
      }
    }
    return verdicts;
  }
}
