package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeHost;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import dev.modgate.testsupport.SyntheticModule;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A signed push of each kind of host: the modules come inside, and the commit gets its status.
final class HostKindsStoryTest {
  private static final SyntheticModule LEFT = SyntheticModule.of("example.com/left@v1.2.3");
  private static final String SECRET = "correct horse battery staple";

  @TempDir static Path folder;

  private static FakeUpstream upstream;
  private static GitServer git;
  private static final Map<String, FakeHost> hosts = new ConcurrentHashMap<>();
  private static RunningModgate modgate;
  private static String commit;
  private static Path token;

  @BeforeAll
  static void start() throws Exception {
    GitRepository repository =
        GitRepository.create(folder.resolve("git"), "pay/api")
            .write("go.mod", "module example.com/api\n\nrequire example.com/left v1.2.3\n")
            .write("go.sum", LEFT.goSum());
    commit = repository.push();
    upstream = FakeUpstream.serving(LEFT);
    git = GitServer.start(folder.resolve("git"));
    Files.writeString(folder.resolve("secret"), SECRET + "\n");
    modgate = RunningModgate.start(folder.resolve("data"), upstream);
    token = Files.createDirectories(folder.resolve("data/secrets")).resolve("token");
    Files.writeString(token, "t0ken\n");
  }

  @AfterAll
  static void stop() {
    modgate.close();
    git.close();
    hosts.values().forEach(FakeHost::close);
    upstream.close();
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "github, github/push, /api/v3, success",
    "gitlab, gitlab/push, /api/v4, success",
    "gitea, gitea/push, /api/v1, success",
    "bitbucket, bitbucket/cloud-push, /2.0, SUCCESSFUL",
    "bitbucket, bitbucket/data-center-push, /rest/api/1.0, SUCCESSFUL",
    "gitee, gitee/push, /api/v5, success",
    "generic, generic/push, '', ''",
  })
  void aSignedPushBringsItsModulesInsideAndTheCommitGetsItsStatus(
      String kind, String example, String api, String state) throws Exception {
    String source = example.replace('/', '-');
    FakeHost host = hosts.computeIfAbsent(source, _ -> FakeHost.start());
    modgate.source(
        source,
        "{'git':'%s','host':'%s','secrets':['file:%s'],'poll':'0s'%s}"
            .formatted(
                git.url("pay/api"),
                kind,
                folder.resolve("secret"),
                api.isEmpty()
                    ? ""
                    : ",'api':'%s','apiToken':'file:%s'".formatted(host.url() + api, token)));

    SignedPush push = SignedPush.of(example, commit, SECRET);
    SignedPush forged = SignedPush.of(example, commit, "another secret");
    HttpResponse<String> refused = modgate.hook(source, forged.headers(), forged.body());
    HttpResponse<String> unsigned =
        modgate.hook(source, Map.of("Content-Type", "application/json"), push.body());
    assertThat(modgate.get("/api/v1/sources/" + source + "/commits")).isEmpty();
    HttpResponse<String> taken = modgate.hook(source, push.headers(), push.body());

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(unsigned.statusCode()).isEqualTo(404);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    assertThat(modgate.awaitInside(source, commit)).isEqualTo("webhook");
    String sync =
        modgate.get("/api/v1/sources/" + source + "/commits").path(0).path("sync").asString("");
    if (!api.isEmpty()) {
      Awaitility.await()
          .atMost(RunningModgate.LIMIT)
          .untilAsserted(() ->
              assertThat(host.statuses())
                  .anySatisfy(status -> {
                    assertThat(status.commit()).isEqualTo(commit);
                    assertThat(status.state()).isEqualToIgnoringCase(state);
                    assertThat(status.description()).contains("1 of 1 module is inside");
                    assertThat(status.url()).endsWith("/api/v1/syncs/" + sync);
                  }));
    }
  }
}
