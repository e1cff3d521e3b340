package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything that one upstream can do wrong, in one sync: each module gets one sentence that names
/// the thing, nothing of it is inside, and the rest is.
final class BadUpstreamTest {
  private static final SyntheticModule HONEST = SyntheticModule.of("example.com/honest@v1.0.0");
  private static final SyntheticModule OTHER = SyntheticModule.of("example.com/other@v1.0.0");

  /// @param file of the module that goes wrong, by its ending
  /// @param line what the output says of it: the state, and what its sentence holds
  private record Case(String name, String file, Fault fault, String state, List<String> line) {
    SyntheticModule module() {
      return SyntheticModule.of("example.com/" + name + "@v1.0.0");
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              "lost",
              ".info",
              Fault.status(404, "unknown revision\n"),
              "ABSENT",
              List.of(".info: ", " answered 404 (unknown revision)")),
          new Case(
              "gone",
              ".zip",
              Fault.status(410, "taken down\n"),
              "ABSENT",
              List.of(".zip: ", " answered 410 (taken down)")),
          new Case(
              "refused",
              ".zip",
              Fault.status(403, "not for you\n"),
              "DEFERRED",
              List.of(".zip: ", " answered 403 (not for you)")),
          new Case(
              "broken",
              ".zip",
              Fault.status(500, "oops\n"),
              "DEFERRED",
              List.of(".zip: ", " answered 500 (oops)")),
          new Case(
              "portal",
              ".zip",
              Fault.html(),
              "DEFERRED",
              List.of(".zip: ", " answered with an HTML page")),
          new Case(
              "login",
              ".info",
              Fault.html(),
              "DEFERRED",
              List.of(".info: ", " answered with an HTML page")),
          new Case(
              "half",
              ".zip",
              new Fault.Cut(100, false),
              "DEFERRED",
              List.of(".zip: ", " broke off: ")),
          new Case(
              "endless",
              ".mod",
              new Fault.Endless(0),
              "REJECTED",
              List.of(".mod: ", " sends more bytes, at most 16777216 are allowed")),
          new Case(
              "huge",
              ".zip",
              new Fault.Endless(600L << 20),
              "REJECTED",
              List.of(".zip: ", " announces 629145600 bytes, at most 524288000 are allowed")),
          new Case(
              "flipped",
              ".zip",
              new Fault.FlipByte(75),
              "REJECTED",
              List.of("the zip, of sha256 ", "has 1 fault: ", " claims h1:")));

  @TempDir Path folder;

  @Test
  void eachFaultGetsOneSentenceAndTheRestGoesInside() throws Exception {
    try (FakeUpstream upstream = FakeUpstream.serving(HONEST);
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      CASES.forEach(c -> {
        upstream.add(c.module());
        upstream.fault("/" + c.name() + "/@v/v1\\.0\\.0\\" + c.file() + "$", c.fault());
      });
      upstream.add(OTHER.withZipBytes(HONEST.zip()));
      String goSum =
          CASES.stream().map(c -> c.module().goSum()).collect(Collectors.joining())
              + HONEST.goSum()
              + OTHER.goSum();
      site.project("project", "module example.com/project\n", goSum, "package main\n");

      var result = site.sync("project");

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.output()).contains("1 of " + (CASES.size() + 2) + " module versions");
      for (Case c : CASES) {
        assertThat(line(result, c.module()))
            .as(c.name())
            .startsWith(c.state() + "  " + c.module() + ": ")
            .contains(c.line())
            .contains(upstream.goproxyUrl());
        assertThat(zip(site, c.module())).doesNotExist();
      }
      assertThat(line(result, OTHER))
          .startsWith("REJECTED  example.com/other@v1.0.0: the zip, of sha256 ")
          .contains("example.com/honest@v1.0.0/", "example.com/other@v1.0.0/")
          .contains(OTHER.zipHash().value());
      assertThat(zip(site, OTHER)).doesNotExist();
      assertThat(zip(site, HONEST)).exists();
      assertThat(site.modgate("status").exitCode()).as("the process lives").isZero();
    }
  }

  /// The one line about a module.
  private static String line(JavaProcess.Result result, SyntheticModule module) {
    List<String> lines =
        result.output().lines().filter(l -> l.contains("  " + module + ": ")).toList();
    assertThat(lines).as("lines about %s in:%n%s", module, result.output()).hasSize(1);
    return lines.getFirst().strip();
  }

  private static Path zip(Site site, SyntheticModule module) {
    return site.inner().resolve(ProxyPath.zip(module.module()));
  }
}
