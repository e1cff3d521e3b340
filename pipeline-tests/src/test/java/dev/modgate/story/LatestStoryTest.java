package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `go` says inside of newer versions, retractions and deprecations.
final class LatestStoryTest {
  private static final String OLD = "example.com/lib@v1.0.0";

  @TempDir Path folder;

  @Test
  void goKnowsInsideWhatTheLatestVersionSaysOfTheOthers() throws Exception {
    SyntheticModule old = SyntheticModule.of(OLD);
    SyntheticModule good = SyntheticModule.of("example.com/lib@v1.1.0");
    SyntheticModule latest =
        SyntheticModule.of("example.com/lib@v1.2.0")
            .withFile(
                "go.mod",
                """
                // Deprecated: use example.com/other
                module example.com/lib

                go 1.20

                retract (
                \tv1.2.0 // published by mistake
                \tv1.0.0 // loses data
                )
                """);
    FakeSumDb database = FakeSumDb.named("localhost:1").add(old, good, latest).fillTo(300);
    try (FakeUpstream upstream = FakeUpstream.serving(old, good, latest).serve(database);
        Site site =
            Site.of(folder, upstream, database).with("MODGATE_WATCHER_LATEST_EVERY", "1s")) {
      Path project =
          site.project(
              "app",
              "module example.com/app\n\ngo 1.24\n\nrequire example.com/lib v1.0.0\n",
              old.goSum(),
              "package main\n\nimport _ \"example.com/lib\"\n\nfunc main() {}\n");
      assertDone(site.sync("app"));
      Path versions = site.inner().resolve("example.com/lib/@v/list");
      await("what is not retracted")
          .atMost(Site.LIMIT)
          .until(() -> Files.readString(versions).contains("v1.1.0"));

      var go = new InnerGo(folder.resolve("developer"), site.gateway(), database.key().toString());
      var listed = go.run("-C", project.toString(), "list", "-m", "-u", "-retracted", "all");
      var got = go.run("-C", project.toString(), "get", "example.com/lib@latest");

      assertThat(listed.output())
          .contains("example.com/lib v1.0.0 (retracted) [v1.1.0] (deprecated)");
      assertThat(got.output()).contains("example.com/lib v1.0.0 => v1.1.0");
    }
  }

  private static void assertDone(JavaProcess.Result result) {
    assertThat(result.exitCode()).as(result.output()).isZero();
  }
}
