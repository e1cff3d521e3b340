package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandLineTest {
  private static final String[] UP = {
    "up", "-d", "--port", "0", "--gateway-port", "0", "--upstream", "http://127.0.0.1:1"
  };

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nowhere                            | "nowhere" is neither a file, a folder, a toolchain such as go1.25.4, nor module@version
          golang.org/x/text@latest           | version "latest" is not canonical
          golang.org/x/text@v1.2             | version "v1.2" is not canonical
          golang.org/x/text@v1.2.3/../../x   | version "v1.2.3/../../x" is not canonical
          ../x@v1.0.0                        | ../x
          GOLANG.org/x/text@v0.14.0          | GOLANG.org/x/text
          golang.org/x/!text@v0.14.0         | golang.org/x/!text
          """)
  void whatIsNoModuleIsUsageAndSaysWhy(String what, String sentence) throws Exception {
    try (Site site = Site.of(folder, "http://127.0.0.1:1")) {
      var result = site.sync(what);

      assertThat(result.output()).contains(sentence);
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(site.data()).doesNotExist();
    }
  }

  @Test
  void anUpstreamThatIsLeftOutIsNamed() throws Exception {
    SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");
    try (FakeUpstream upstream = FakeUpstream.serving(module);
        Site site = Site.of(folder, upstream.goproxyUrl() + ",direct")) {
      Files.writeString(folder.resolve("go.sum"), module.goSum());

      var result = site.sync("go.sum");

      assertThat(result.output()).contains("left out \"direct\"");
      assertThat(result.exitCode()).isZero();
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (Site site = Site.of(folder, "http://127.0.0.1:1");
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      var result =
          site.modgate(
              "up", "--port", port, "--gateway-port", "0", "--upstream", "http://127.0.0.1:1");

      assertThat(result.output()).contains("port " + port + " is in use");
      assertThat(result.exitCode()).isEqualTo(1);
    }
  }

  @Test
  void aHeldDataFolderIsNamedAndDownReleasesIt() throws Exception {
    try (Site site = Site.of(folder, "http://127.0.0.1:1")) {
      assertThat(site.modgate(UP).output()).contains("Modgate is up");

      var second = site.modgate(UP);
      var down = site.modgate("down");
      var downAgain = site.modgate("down");

      assertThat(second.output()).contains("is held by another Modgate", "modgate down");
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(down.output()).contains("Modgate is down");
      assertThat(downAgain.output()).contains("no Modgate runs");
    }
  }

  @Test
  void statusAndShowWithoutAModgateAreNotReachable() throws Exception {
    try (Site site = Site.of(folder, "http://127.0.0.1:1")) {
      assertThat(site.modgate("status").exitCode()).isEqualTo(3);
      assertThat(site.modgate("show", "golang.org/x/text@v0.14.0").exitCode()).isEqualTo(3);
    }
  }

  @Test
  void aPasswordOfAnUpstreamIsNeitherShownNorOnACommandLine() throws Exception {
    SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");
    try (FakeUpstream upstream = FakeUpstream.serving(module).requireCredentials("ci", "s3cr3t!");
        Site site = Site.of(folder, upstream.goproxyUrl("ci", "s3cr3t!"))) {
      Files.writeString(folder.resolve("go.sum"), module.goSum());

      var result = site.sync("go.sum");

      assertThat(result.exitCode()).as(result.output()).isZero();
      String log = Files.readString(site.data().resolve("logs").resolve("modgate.log"));
      assertThat(result.output() + log + site.modgate("status", "--json").output())
          .doesNotContain("s3cr3t");
      assertThat(ProcessHandle.of(site.run().pid()).orElseThrow().info().commandLine().orElse(""))
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void anotherUpstreamIsRefusedWithoutItsPassword() throws Exception {
    try (Site site = Site.of(folder, "http://127.0.0.1:1")) {
      site.modgate(UP);

      var result =
          site.modgate(
              "sync", "--upstream", "http://ci:s3cr3t!@127.0.0.1:2", "example.com/m@v1.0.0");

      assertThat(result.output())
          .contains("has upstream \"http://127.0.0.1:1\", not \"http://127.0.0.1:2\"")
          .doesNotContain("s3cr3t");
      assertThat(result.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void twoSyncsOnAFreshFolderShareOneModgate() throws Exception {
    SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");
    try (FakeUpstream upstream = FakeUpstream.serving(module);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      Files.writeString(folder.resolve("go.sum"), module.goSum());

      try (JavaProcess first = site.startSync("go.sum");
          JavaProcess second = site.startSync("go.sum")) {
        var results = List.of(first.await(Site.LIMIT), second.await(Site.LIMIT));

        assertThat(results)
            .allSatisfy(result -> {
              assertThat(result.output()).contains("all 1 module version inside");
              assertThat(result.exitCode()).isZero();
            });
      }
    }
  }

  @Test
  void anInterruptedSyncSaysWhereItGoesOnAndADeadServerEndsTheOther() throws Exception {
    SyntheticModule module = SyntheticModule.of("example.com/m@v1.0.0");
    try (FakeUpstream upstream =
            FakeUpstream.serving(module).fault("zip$", new Fault.Delay(Duration.ofMinutes(5)));
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      Files.writeString(folder.resolve("go.sum"), module.goSum());
      site.modgate(
          "up", "-d", "--port", "0", "--gateway-port", "0", "--upstream", upstream.goproxyUrl());
      try (JavaProcess interrupted = site.startSync("go.sum");
          JavaProcess left = site.startSync("go.sum")) {
        awaitOutput(interrupted, "0 of 1 inside");
        awaitOutput(left, "0 of 1 inside");

        interrupted.terminate();
        ProcessHandle.of(site.run().pid()).orElseThrow().destroyForcibly();

        var end = interrupted.await(Site.LIMIT);
        assertThat(end.output())
            .contains("goes on without this command, look with: modgate status");
        assertThat(end.exitCode()).isEqualTo(128 + 15);
        var other = left.await(Site.LIMIT);
        assertThat(other.output()).contains("Modgate fell silent in the middle of sync ");
        assertThat(other.exitCode()).isEqualTo(3);
      }
    }
  }

  @Test
  void downKillsWhatDoesNotStop() throws Exception {
    try (Site site = Site.of(folder, "http://127.0.0.1:1")) {
      site.modgate(UP);
      long pid = site.run().pid();
      new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor();

      var result = site.modgate("down", "--timeout", "1");

      assertThat(result.output())
          .contains(
              "did not stop within 1 s and was killed (process " + pid + "); nothing is lost");
      assertThat(result.exitCode()).isZero();
      assertThat(site.modgate(UP).output()).contains("Modgate is up");
    }
  }

  @Test
  void aBrokenGoSumIsNamedByLine() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.start();
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      Files.writeString(folder.resolve("go.sum"), "example.com/m v1.0.0\n");

      var result = site.sync("go.sum");

      assertThat(result.output()).contains("go.sum:1: ");
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(site.modgate(Map.of(), "status").exitCode()).as("it lives").isZero();
    }
  }

  private static void awaitOutput(JavaProcess process, String text) throws InterruptedException {
    Instant limit = Instant.now().plus(Site.LIMIT);
    while (!process.output().contains(text)) {
      assertThat(Instant.now()).as(process.output()).isBefore(limit);
      assertThat(process.isAlive()).as(process.output()).isTrue();
      Thread.sleep(50);
    }
  }
}
