package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SyncStoryTest {
  private static final SyntheticModule LEFT = SyntheticModule.of("example.com/left@v1.2.3");
  private static final SyntheticModule UPPER = SyntheticModule.of("example.com/Upper/Case@v0.3.0");
  private static final SyntheticModule OLD =
      SyntheticModule.of("example.com/old@v2.1.0+incompatible").withoutFile("go.mod");
  private static final SyntheticModule ABOVE =
      SyntheticModule.of("example.com/above@v1.0.0").requiring("example.com/left@v1.2.3");
  private static final String GO_MOD =
      """
      module example.com/project

      go 1.21

      require (
      	example.com/above v1.0.0
      	example.com/left v1.2.3
      	example.com/Upper/Case v0.3.0
      	example.com/old v2.1.0+incompatible
      )
      """;
  private static final String GO_SUM = LEFT.goSum() + UPPER.goSum() + ABOVE.goSum() + OLD.goSum();
  private static final String PROGRAM =
      """
      package main

      import (
      	_ "example.com/Upper/Case"
      	_ "example.com/above"
      	_ "example.com/left"
      	_ "example.com/old"
      )

      func main() {}
      """;

  @TempDir Path folder;

  @Test
  void aGoSumGoesInAndGoBuildWorksInside() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT, UPPER, ABOVE, OLD);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      Path project = site.project("project", GO_MOD, GO_SUM, PROGRAM);

      var first = site.sync("project");
      int asked = upstream.count();
      var second = site.sync("project");

      assertThat(first.output())
          .contains("all 4 module versions inside", "GOPROXY=" + site.gateway());
      assertThat(first.exitCode()).isZero();
      assertThat(second.output()).contains("all 4 module versions inside, 0 B moved");
      assertThat(second.exitCode()).isZero();
      assertThat(upstream.count()).as("requests of the second sync").isEqualTo(asked);
      RealGo go = RealGo.behind(site.gateway(), folder);
      assertThat(go.run(project, "build", "./...").output()).doesNotContain("error", "no required");
      assertThat(go.run(project, "mod", "verify")).matches(r -> r.exitCode() == 0, "go mod verify");
      assertThat(go.run(project, "list", "-m", "-versions", "example.com/left").output())
          .contains("example.com/left v1.2.3");
    }
  }

  @Test
  void aFlippedByteIsRefusedAndTheRestGoesInside() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT, UPPER, ABOVE, OLD);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      SyntheticModule wrong = LEFT.withFile("extra.go", "package left\n");
      upstream.add(LEFT.withZipBytes(wrong.zip()));
      Path project = site.project("project", GO_MOD, GO_SUM, PROGRAM);

      var result = site.sync("project");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output())
          .contains("3 of 4 module versions inside")
          .contains("REJECTED  example.com/left@v1.2.3")
          .contains(LEFT.zipHash().value(), wrong.zipHash().value());
      try (Stream<Path> files = Files.walk(site.inner())) {
        assertThat(files.map(Path::toString))
            .noneMatch(file -> file.endsWith("left/@v/v1.2.3.zip"));
      }
      RealGo go = RealGo.behind(site.gateway(), folder);
      var refused = go.run(project, "mod", "download", "example.com/left@v1.2.3");
      assertThat(refused.exitCode()).isNotZero();
      assertThat(refused.output()).contains("403").contains("example.com/left@v1.2.3");
    }
  }

  @Test
  void aDamagedZipIsRefused() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      upstream.fault("left/@v/v1.2.3.zip", new Fault.FlipByte(75));
      site.project("project", "module example.com/project\n", LEFT.goSum(), "package main\n");

      var result = site.sync("project");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output()).contains("REJECTED  example.com/left@v1.2.3");
    }
  }

  @Test
  void aModuleWithoutAClaimIsNeverAccepted() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      var result = site.sync("example.com/left@v1.2.3");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output()).contains("REJECTED  example.com/left@v1.2.3");
      assertThat(site.modgate("show", "example.com/left@v1.2.3").output()).contains("unverifiable");
    }
  }

  @Test
  void whatIsNotThereIsNamedAndTheRestGoesInside() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      site.project(
          "project",
          "module example.com/project\n",
          LEFT.goSum() + UPPER.goSum(),
          "package main\n");

      var result = site.sync("project");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output())
          .contains("1 of 2 module versions inside")
          .contains("ABSENT  example.com/Upper/Case@v0.3.0");
    }
  }

  @Test
  void whatWasBroughtInsideSurvivesAKill() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(LEFT, UPPER, ABOVE, OLD);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      site.project("project", GO_MOD, GO_SUM, PROGRAM);
      assertThat(site.sync("project").exitCode()).isZero();
      int asked = upstream.count();

      ProcessHandle.of(site.run().pid()).orElseThrow().destroyForcibly();
      var again = site.sync("project");

      assertThat(again.output())
          .contains("starting one", "all 4 module versions inside, 0 B moved");
      assertThat(upstream.count()).isEqualTo(asked);
    }
  }

  @Test
  void theGatewayOfThisMachineIsNoUpstream() throws Exception {
    try (Site site = Site.of(folder, "http://localhost:8081")) {
      var result =
          site.modgate(
              Map.of("GOPROXY", "http://localhost:8081"), "sync", "example.com/left@v1.2.3");

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.output()).contains("is Modgate's own gateway");
    }
  }
}
