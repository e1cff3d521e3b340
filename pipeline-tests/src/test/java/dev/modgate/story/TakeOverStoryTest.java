package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.story.Cluster.Service;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two of each stage, and one of each dies.
final class TakeOverStoryTest {
  private static final int MODULES = 120;
  private static final String SESSION_MILLIS = "6000";

  /// Nothing is fetched again but what was in the hands of the dead one.
  private static final int MOST_FETCHES = 2;

  @TempDir Path folder;

  @Test
  void theOtherOneTakesOverAndNothingIsFetchedOftenerThanTwice() throws Exception {
    List<SyntheticModule> modules =
        IntStream.range(0, MODULES)
            .mapToObj(i -> SyntheticModule.of("example.com/m" + i + "@v1.0.0"))
            .toList();
    var seconds = new ArrayList<JavaProcess>();
    try (FakeUpstream upstream =
            FakeUpstream.serving(modules.toArray(SyntheticModule[]::new))
                .fault("zip$", new Fault.Delay(Duration.ofMillis(500)));
        Cluster cluster =
            Cluster.start(
                folder,
                upstream.goproxyUrl(),
                Map.of(
                    "MODGATE_KAFKA_PROPERTIES_SESSION_TIMEOUT_MS",
                    SESSION_MILLIS,
                    "MODGATE_FETCHER_MAXITEMS",
                    "4"));
        var groups =
            new StageGroups(
                cluster.bootstrapServers(),
                Set.of("modgate.fetcher", "modgate.verifier", "modgate.publisher"))) {
      List<Service> stages = List.of(Service.FETCHER, Service.VERIFIER, Service.PUBLISHER);
      stages.forEach(service -> seconds.add(cluster.second(service)));
      Files.writeString(
          folder.resolve("go.sum"),
          modules.stream().map(SyntheticModule::goSum).collect(Collectors.joining()));

      groups.awaitSettled(2, System.nanoTime());

      Map<String, Long> taken;
      JavaProcess.Result result;
      try (JavaProcess sync = cluster.sync("go.sum")) {
        awaitPublished(MODULES / 4);
        long killed = System.nanoTime();
        for (Service service : stages) {
          cluster.kill(service);
        }
        taken = groups.awaitSettled(1, killed);
        result = sync.await(Site.LIMIT);
      }

      System.out.printf(
          "take-over: one of two of each stage died, with sessions of %s ms; the other had all"
              + " partitions after %s ms; %d of %d requests were repeated%n",
          SESSION_MILLIS, taken, upstream.count() - 3 * MODULES, upstream.count());
      assertThat(result.output()).contains("all " + MODULES + " module versions inside");
      assertThat(result.exitCode()).isZero();
      assertThat(modules)
          .allSatisfy(m ->
              assertThat(upstream.count(ProxyPath.zip(m.module()))).isBetween(1, MOST_FETCHES));
    } finally {
      seconds.forEach(JavaProcess::close);
    }
  }

  private void awaitPublished(int atLeast) throws Exception {
    long deadline = System.nanoTime() + Site.LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      try (var files = Files.walk(folder.resolve("inner"))) {
        if (files.filter(file -> file.toString().endsWith(".zip")).count() >= atLeast) {
          return;
        }
      } catch (java.io.IOException | java.io.UncheckedIOException e) {
        // not there yet, or a file went away while we looked
      }
      Thread.sleep(50);
    }
    throw new AssertionError("nothing was published");
  }
}
