package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.story.Cluster.Service;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FiveProcessesTest {
  private static final int MODULES = 150;
  private static final int OVERTAKING = 60;

  /// 30 module paths with five versions each, so that `list` is written again and again.
  private static final List<SyntheticModule> MANY =
      IntStream.range(0, MODULES)
          .mapToObj(i -> SyntheticModule.of("example.com/m" + i % 30 + "@v1." + i / 30 + ".0"))
          .toList();

  private static final List<SyntheticModule> SMALL =
      IntStream.range(0, OVERTAKING)
          .mapToObj(i -> SyntheticModule.of("example.com/small" + i + "@v1.0.0"))
          .toList();

  @TempDir private static Path folder;
  private static Path served;
  private static LargeModule large;
  private static FakeUpstream upstream;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    served = Files.createDirectory(folder.resolve("served"));
    large = LargeModule.write(ModuleVersion.parse("example.com/large@v1.0.0"), served);
    upstream =
        FakeUpstream.start()
            .add(MANY.toArray(SyntheticModule[]::new))
            .add(SMALL.toArray(SyntheticModule[]::new))
            .addFolder(served)
            .fault("/m\\d+/.*zip$", new Fault.Delay(Duration.ofMillis(400)))
            .fault("large", new Fault.Trickle(8 << 20, Duration.ofMillis(50)));
    cluster = Cluster.start(folder, upstream.goproxyUrl());
  }

  @AfterAll
  static void stop() {
    cluster.close();
    upstream.close();
  }

  /// Each process has 256 MiB of heap.
  @Test
  void aZipOf500MiBPassesAllStagesAndSmallOnesOvertakeIt() throws Exception {
    String zip = ProxyPath.zip(large.module());
    Path inside = folder.resolve("inner").resolve(zip);
    Files.writeString(folder.resolve("large.go.sum"), large.goSum() + goSum(SMALL));

    JavaProcess.Result result;
    int before;
    try (JavaProcess sync = cluster.sync("large.go.sum")) {
      awaitThere(inside, sync);
      before = published("small");
      result = sync.await(Site.LIMIT);
    }

    assertThat(result.output()).contains("all " + (OVERTAKING + 1) + " module versions inside");
    assertThat(before).as("small ones before it").isGreaterThan(OVERTAKING / 2);
    assertThat(Files.mismatch(served.resolve(zip), inside)).isEqualTo(-1);
    assertThat(upstream.count(zip)).isOne();
  }

  @Test
  void killsInTheMiddleLoseNothingAndPublishNothingTwiceWithOtherBytes() throws Exception {
    Files.writeString(folder.resolve("go.sum"), goSum(MANY));

    JavaProcess.Result result;
    try (JavaProcess sync = cluster.sync("go.sum")) {
      for (Service service : List.of(Service.FETCHER, Service.VERIFIER, Service.PUBLISHER)) {
        awaitPublished("m", 1);
        cluster.kill(service);
        cluster.start(service);
      }
      result = sync.await(Site.LIMIT);
    }

    assertThat(result.output()).contains("all " + MODULES + " module versions inside");
    assertThat(result.exitCode()).isZero();
    assertEverythingIsInsideAsServed(MANY);
    assertTheRealGoGetsEverything(cluster, MANY);
  }

  private static String goSum(List<SyntheticModule> modules) {
    return modules.stream().map(SyntheticModule::goSum).collect(Collectors.joining());
  }

  private static void awaitPublished(String name, int atLeast) throws Exception {
    long deadline = System.nanoTime() + Site.LIMIT.toNanos();
    while (published(name) < atLeast) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("nothing was published");
      }
      Thread.sleep(50);
    }
  }

  private static void awaitThere(Path file, JavaProcess sync) throws Exception {
    while (!Files.exists(file)) {
      if (!sync.isAlive()) {
        throw new AssertionError(file + " is not there:\n" + sync.output());
      }
      Thread.sleep(50);
    }
  }

  /// Zips of modules whose path begins with `example.com/` and this name and a digit.
  private static int published(String name) throws IOException {
    Path inner = folder.resolve("inner");
    if (!Files.isDirectory(inner)) {
      return 0;
    }
    try (var files = Files.walk(inner)) {
      return (int)
          files
              .map(file -> inner.relativize(file).toString())
              .filter(file -> file.matches("example\\.com/" + name + "\\d.*\\.zip"))
              .count();
    } catch (java.io.UncheckedIOException e) {
      return 0; // a file went away while we looked
    }
  }

  private void assertEverythingIsInsideAsServed(List<SyntheticModule> modules) throws IOException {
    Path inner = folder.resolve("inner");
    for (SyntheticModule module : modules) {
      var name = module.module();
      assertThat(inner.resolve(ProxyPath.zip(name))).hasBinaryContent(module.zip());
      assertThat(inner.resolve(ProxyPath.mod(name))).hasBinaryContent(module.mod());
      assertThat(inner.resolve(ProxyPath.info(name))).hasBinaryContent(module.info());
      assertThat(Files.readAllLines(inner.resolve(ProxyPath.list(name.path()))))
          .containsExactly("v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0", "v1.4.0");
      assertThat(Files.readString(inner.resolve(ProxyPath.latest(name.path())))).contains("v1.4.0");
    }
  }

  private void assertTheRealGoGetsEverything(Cluster cluster, List<SyntheticModule> modules)
      throws Exception {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(project.resolve("go.mod"), "module example.com/project\n\ngo 1.21\n");
    Files.copy(folder.resolve("go.sum"), project.resolve("go.sum"));
    var args = new java.util.ArrayList<>(List.of("mod", "download"));
    modules.forEach(module -> args.add(module.module().toString()));

    var download =
        RealGo.behind(cluster.gateway(), folder).run(project, args.toArray(String[]::new));

    assertThat(download.output()).isEmpty();
    assertThat(download.exitCode()).isZero();
  }
}
