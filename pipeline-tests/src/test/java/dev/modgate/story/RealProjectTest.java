package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumLine;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.testsupport.FakeUpstream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Caddy's own go.mod and go.sum: 220 zips and 149 versions of which only the go.mod is needed.
///
/// The module cache that serves as upstream is filled once by the real `go`, from where this
/// machine's `go` gets modules; where that does not work the test is skipped.
final class RealProjectTest {
  @TempDir Path folder;

  @Test
  void caddyGoesInsideAndGoDownloadsAllOfItFromTheGateway() throws Exception {
    Path project = Files.createDirectories(folder.resolve("caddy"));
    copy("go.mod", project);
    copy("go.sum", project);
    List<GoSumLine> lines = lines(project);
    try (FakeUpstream upstream = FakeUpstream.start().addFolder(filledCache(project, lines));
        Site site = Site.of(folder, upstream.goproxyUrl())) {
      var first = site.sync("caddy");
      assertThat(first.output()).contains("all 369 module versions inside");
      assertThat(first.exitCode()).isZero();
      int asked = upstream.count();

      var second = site.sync("caddy");

      assertThat(second.output()).contains("all 369 module versions inside, 0 B moved");
      assertThat(upstream.count()).isEqualTo(asked);
      for (GoSumLine line : lines) {
        if (line.goMod()) {
          byte[] mod = Files.readAllBytes(site.inner().resolve(ProxyPath.mod(line.module())));
          assertThat(GoModHash.of(mod)).as(line.module().toString()).isEqualTo(line.hash());
        }
      }
      RealGo go = RealGo.behind(site.gateway(), folder);
      var args = new ArrayList<>(List.of("mod", "download"));
      lines.stream().filter(line -> !line.goMod()).forEach(line -> args.add("" + line.module()));
      var download = go.run(project, args.toArray(String[]::new));
      assertThat(download.exitCode()).as(download.output()).isZero();
      assertThat(go.run(project, "mod", "verify").output()).contains("all modules verified");
    }
  }

  private static Path filledCache(Path project, List<GoSumLine> lines)
      throws IOException, InterruptedException {
    assumeTrue(RealGo.onPath(), "skipped: the go command is not on PATH");
    Path cache =
        Path.of(
            System.getenv()
                .getOrDefault(
                    "MODGATE_ORACLE_CACHE",
                    Path.of(System.getProperty("java.io.tmpdir"), "modgate-oracle-cache")
                        .toString()));
    Path downloads = cache.resolve("cache").resolve("download");
    if (complete(downloads, lines)) {
      return downloads;
    }
    var command = new ArrayList<>(List.of("go", "mod", "download"));
    lines.stream().filter(line -> !line.goMod()).forEach(line -> command.add("" + line.module()));
    int exit = go(project, cache, command);
    assumeTrue(exit == 0, "skipped: go mod download could not fill the module cache");
    // the go.mod files that only the module graph needs
    var graph = new ArrayList<>(List.of("go", "list", "-m", "-json"));
    lines.forEach(line -> graph.add("" + line.module()));
    int listed = go(project, cache, graph);
    assumeTrue(
        listed == 0 && complete(downloads, lines),
        "skipped: go list could not fill the module cache");
    return downloads;
  }

  private static int go(Path project, Path cache, List<String> command)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("GOMODCACHE", cache.toString());
    builder.environment().put("GOFLAGS", "-mod=mod -modcacherw");
    builder.environment().put("GOTOOLCHAIN", "local");
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }

  private static boolean complete(Path downloads, List<GoSumLine> lines) {
    return lines.stream()
        .allMatch(line ->
            Files.exists(
                    downloads.resolve(
                        line.goMod() ? ProxyPath.mod(line.module()) : ProxyPath.zip(line.module())))
                && Files.exists(downloads.resolve(ProxyPath.info(line.module()))));
  }

  private static List<GoSumLine> lines(Path project) throws Exception {
    try (InputStream in = Files.newInputStream(project.resolve("go.sum"))) {
      return GoSum.parse(in, "go.sum").lines();
    }
  }

  private void copy(String name, Path project) throws IOException {
    try (InputStream in = RealProjectTest.class.getResourceAsStream("/caddy/" + name + ".txt")) {
      if (in == null) {
        throw new AssertionError("no test resource /caddy/" + name + ".txt");
      }
      Files.copy(in, project.resolve(name));
    }
  }
}
