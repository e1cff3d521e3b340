package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real push to a real repository, whose `post-receive` hook sends the generic webhook.
final class GitPushStoryTest {
  private static final SyntheticModule LEFT = SyntheticModule.of("example.com/left@v1.2.3");
  private static final SyntheticModule ABOVE =
      SyntheticModule.of("example.com/above@v1.0.0").requiring("example.com/left@v1.2.3");
  private static final SyntheticModule LATER = SyntheticModule.of("example.com/later@v0.1.0");
  private static final SyntheticModule UNASKED = SyntheticModule.of("example.com/unasked@v1.0.0");
  private static final SyntheticModule PRIVATE =
      SyntheticModule.of("git.corp.example/secret@v1.0.0");

  @TempDir Path folder;

  @Test
  void aPushBringsInsideWhatItsCommitNeedsAndAPollWhatTheWebhookMissed() throws Exception {
    assumeTools();
    GitRepository repository = GitRepository.create(folder.resolve("git"), "pay/api");
    Path secret = Files.writeString(folder.resolve("secret"), "correct horse\n");
    FakeSumDb database = FakeSumDb.named("sum.fake.example").add(LEFT, ABOVE, LATER);
    System.setProperty("modgate.watcher.private-modules", "*.corp.example");
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT, ABOVE, LATER, UNASKED, PRIVATE);
        GitServer git = GitServer.start(folder.resolve("git"));
        RunningModgate modgate =
            RunningModgate.start(
                folder.resolve("data"), upstream.serve(database), database.key().toString())) {
      modgate.source(
          "api",
          "{'git':'%s','host':'generic','secrets':['file:%s'],'poll':'2s'}"
              .formatted(git.url("pay/api"), secret));
      Path hook = repository.bare().resolve("hooks/post-receive");
      Files.writeString(hook, postReceive(secret, modgate.api()));
      Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));

      String first = repository.write("go.sum", LEFT.goSum()).push();
      modgate.awaitInside("api", first);
      String second =
          repository.write("go.sum", LEFT.goSum() + ABOVE.goSum() + PRIVATE.goSum()).push();
      modgate.awaitInside("api", second);
      Files.delete(hook);
      String third =
          repository.write("go.sum", LEFT.goSum() + ABOVE.goSum() + LATER.goSum()).push();

      assertThat(modgate.awaitInside("api", third)).isEqualTo("poll");
      assertThat(modgate.get("/api/v1/deliveries").path("deliveries")).hasSize(2);
      assertThat(upstream.requests())
          .extracting(FakeUpstream.Seen::path)
          .isNotEmpty()
          .noneMatch(path -> path.contains("unasked"))
          .as("private names")
          .noneMatch(path -> path.contains("corp.example"));
      assertThat(modgate.get("/api/v1/sources/api/commits").toString())
          .contains("git.corp.example/secret@v1.0.0: private, not requested");
      RealGo go = RealGo.behind(modgate.gateway(), folder);
      assertThat(go.run(folder, "list", "-m", "example.com/later@v0.1.0").output())
          .contains("example.com/later v0.1.0");
    } finally {
      System.clearProperty("modgate.watcher.private-modules");
    }
  }

  /// The hook of a repository whose host sends no webhooks of its own.
  private static String postReceive(Path secret, String api) {
    return """
    #!/bin/sh
    while read -r old new ref; do
      body="{\\"repository\\":\\"pay/api\\",\\"ref\\":\\"$ref\\",\\"after\\":\\"$new\\"}"
      signature=$(printf %%s "$body" | openssl dgst -sha256 -hmac "$(cat '%1$s')" -r | cut -d' ' -f1)
      printf %%s "$body" | curl -fsS -o /dev/null -H 'Content-Type: application/json' \\
        -H "X-Modgate-Signature: sha256=$signature" -H "X-Modgate-Delivery: $new $ref" \\
        --data-binary @- '%2$s/hooks/api'
    done
    """
        .formatted(secret, api);
  }

  private static void assumeTools() throws Exception {
    for (String tool : List.of("curl", "openssl")) {
      Process process = new ProcessBuilder("sh", "-c", "command -v " + tool).start();
      Assumptions.assumeTrue(process.waitFor() == 0, tool + " is not on PATH");
    }
  }
}
