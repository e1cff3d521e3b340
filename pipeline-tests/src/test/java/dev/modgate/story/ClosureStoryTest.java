package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeSumDb;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A project without a go.sum: its module graph says what it needs, and `check` says when all of it
/// is inside.
final class ClosureStoryTest {
  private static final String GO_MOD =
      """
      module example.com/app

      go 1.24

      require (
      \texample.com/direct v1.1.0
      \texample.com/old v1.0.0
      )
      """;
  private static final String PROGRAM =
      """
      package main

      import (
      \t_ "example.com/direct"
      \t_ "example.com/old"
      )

      func main() {}
      """;

  @TempDir Path folder;

  @Test
  void whatTheModuleGraphNeedsIsBroughtInsideAndTheProjectIsTidiedAndBuiltThere() throws Exception {
    SyntheticModule[] modules = {
      module("example.com/other@v1.0.0", "1.24", "package other\n"),
      module("example.com/direct@v1.1.0", "1.24", using("example.com/deep"), "deep v1.2.0"),
      module("example.com/deep@v1.2.0", "1.24", using("example.com/deeper"), "deeper v1.0.0"),
      module("example.com/deeper@v1.0.0", "1.24", "package deeper\n"),
      module("example.com/old@v1.0.0", "1.16", using("example.com/older"), "older v1.0.0"),
      module("example.com/older@v1.0.0", "1.16", using("example.com/deep"), "deep v1.0.0"),
      module("example.com/deep@v1.0.0", "1.24", "package deep\n"),
    };
    FakeSumDb database = FakeSumDb.named("localhost:1").add(modules).fillTo(300);
    try (FakeUpstream upstream = FakeUpstream.serving(modules).serve(database);
        Site site = Site.of(folder, upstream, database)) {
      Path project = site.project("app", GO_MOD, "", PROGRAM);
      Files.delete(project.resolve("go.sum"));
      assertDone(site.sync("example.com/other@v1.0.0"));

      assertMissing(site.modgate("check", "app"), "example.com/direct@v1.1.0");
      assertMissing(
          site.modgate("check", "app", "--gateway", site.gateway()), "example.com/direct@v1.1.0");
      assertThat(site.modgate("plan", "app").output())
          .contains("2 module versions at least, 0 inside already (0 B), 2 to move");

      var sync = site.sync("app");
      assertThat(sync.output())
          .contains("app: all ")
          .contains("GOPROXY=" + site.gateway() + " go mod tidy && GOPROXY=");
      assertThat(sync.exitCode()).isZero();

      assertReady(site.modgate("check", "app"));
      assertReady(site.modgate("check", "app", "--gateway", site.gateway()));
      assertThat(site.modgate("plan", "app").output()).contains(", 0 to move");

      var go = new InnerGo(folder.resolve("developer"), site.gateway(), database.key().toString());
      assertDone(go.run("-C", project.toString(), "mod", "tidy"));
      assertDone(go.run("-C", project.toString(), "build", "./..."));
      assertReady(site.modgate("check", "app", "--gateway", site.gateway()));
    }
  }

  private static void assertMissing(JavaProcess.Result check, String module) {
    assertThat(check.output()).contains(module);
    assertThat(check.exitCode()).as(check.output()).isEqualTo(1);
  }

  private static void assertReady(JavaProcess.Result check) {
    assertThat(check.output()).contains("all ").contains(" needed inside");
    assertThat(check.exitCode()).as(check.output()).isZero();
  }

  private static void assertDone(JavaProcess.Result go) {
    assertThat(go.exitCode()).as(go.output()).isZero();
  }

  private static String using(String path) {
    return "import _ \"" + path + "\"\n";
  }

  /// @param requires below `example.com/`
  private static SyntheticModule module(String name, String go, String source, String... requires) {
    String path = name.substring(0, name.indexOf('@'));
    var goMod = new StringBuilder("module " + path + "\n\ngo " + go + "\n");
    for (String require : requires) {
      goMod.append("\nrequire example.com/").append(require).append('\n');
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    String text = source.startsWith("package ") ? source : "package " + last + "\n\n" + source;
    return SyntheticModule.of(name).withFile("go.mod", goMod.toString()).withFile("lib.go", text);
  }
}
