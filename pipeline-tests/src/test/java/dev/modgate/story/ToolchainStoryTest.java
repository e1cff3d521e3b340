package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.toolchain.Platform;
import dev.modgate.gomod.toolchain.Toolchain;
import dev.modgate.gomod.toolchain.ToolchainName;
import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Toolchains that are shell scripts, in zips laid out as the real ones.
final class ToolchainStoryTest {
  private static final Platform HERE =
      Platform.ofJava(System.getProperty("os.name"), System.getProperty("os.arch"));
  private static final Platform PLAN9 = Platform.parse("plan9/arm");

  @TempDir Path folder;

  @Test
  void aToolchainGoesInByItsNameAndGoRunsIt() throws Exception {
    SyntheticModule toolchain = toolchain("go1.99.0", HERE);
    FakeSumDb database = FakeSumDb.named("localhost:1").add(toolchain).fillTo(300);
    try (FakeUpstream upstream = FakeUpstream.serving(toolchain).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      var result = site.sync("go1.99.0");

      assertThat(result.output())
          .contains("toolchains are brought for " + HERE)
          .contains("GOTOOLCHAIN=go1.99.0 GOPROXY=" + site.gateway() + " GOSUMDB=localhost:1+")
          .contains("go version  # on " + HERE);
      assertThat(result.exitCode()).isZero();
      assertThat(inner(site, database).run("version").output())
          .contains("this is go1.99.0, asked for version");
    }
  }

  @Test
  void theToolchainOfAGoModGoesInWhenAskedForEachPlatform() throws Exception {
    SyntheticModule here = toolchain("go1.99.0", HERE);
    SyntheticModule plan9 = toolchain("go1.99.0", PLAN9);
    FakeSumDb database = FakeSumDb.named("localhost:1").add(here, plan9);
    try (FakeUpstream upstream = FakeUpstream.serving(here, plan9).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      site.project("project", "module example.com/p\n\ngo 1.22\n\ntoolchain go1.99.0\n", "", "");

      var without = site.sync("project");
      var with = site.sync("project", "--toolchain", "--platform", HERE + "," + PLAN9);

      assertThat(without.output()).contains("all 0 module versions inside");
      assertThat(with.output()).contains("all 2 module versions inside");
      assertThat(with.exitCode()).isZero();
      assertThat(inner(site, database).run("version").output()).contains("this is go1.99.0");
    }
  }

  @Test
  void aChangedToolchainIsRefused() throws Exception {
    SyntheticModule toolchain = toolchain("go1.99.0", HERE);
    SyntheticModule changed = toolchain.withFile("bin/go", "#!/bin/sh\necho owned\n");
    FakeSumDb database = FakeSumDb.named("localhost:1").add(toolchain);
    try (FakeUpstream upstream = FakeUpstream.serving(changed).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      var result = site.sync("go1.99.0");

      assertThat(result.output()).contains("REJECTED", "localhost:1 signed " + toolchain.zipHash());
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(inner(site, database).run("version").output()).doesNotContain("owned");
    }
  }

  private InnerGo inner(Site site, FakeSumDb database) throws Exception {
    return new InnerGo(folder.resolve("developer"), site.gateway(), database.key().toString())
        .with("GOTOOLCHAIN", "go1.99.0");
  }

  private static SyntheticModule toolchain(String name, Platform platform) {
    var module = new Toolchain(new ToolchainName(name), platform).module();
    return SyntheticModule.of(module)
        .withoutFile("go.mod")
        .withoutFile("lib.go")
        .withFile("VERSION", name + "\n")
        .withFile("bin/go", "#!/bin/sh\necho this is " + name + ", asked for \"$@\"\n")
        .withFile("bin/gofmt", "#!/bin/sh\n")
        .withFile("lib/time/zoneinfo.zip", "")
        .withFile("pkg/tool/" + platform.os() + "_" + platform.arch() + "/compile", "#!/bin/sh\n")
        .withFile("src/_go.mod", "module std\n");
  }
}
