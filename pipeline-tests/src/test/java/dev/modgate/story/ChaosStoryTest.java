package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bad upstream, and processes, broker and stores that are struck down all along. In the end just
/// what should be inside is, and in between nobody ever saw half of it.
///
/// Short by default; `./build chaos` runs it long. Settings: `chaos.seed`, `chaos.modules`,
/// `chaos.blows`, `chaos.pause` (most seconds between two blows).
final class ChaosStoryTest {
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static final int MODULES = Integer.getInteger("chaos.modules", 100);
  private static final int BLOWS = Integer.getInteger("chaos.blows", 6);
  private static final int PAUSE = Integer.getInteger("chaos.pause", 3);

  private static final Duration LIMIT =
      Duration.ofMinutes(5).plusSeconds((long) BLOWS * (PAUSE + 12L) + MODULES / 2);

  /// Three tries in place at three upstream files, a re-request after each deferral, and a
  /// redelivery after each blow.
  private static final int MOST_FETCHES = 60 + 6 * BLOWS;

  private static final int NOT_REACHABLE = 3;
  private static final int MOST_SYNCS = 60;

  private static final Map<String, String> IMPATIENT =
      Map.of("MODGATE_WATCHER_RETRY_WAITS", "2s,5s,10s");

  @TempDir Path folder;

  @Test
  void justWhatShouldBeInsideIsInTheEndWhateverBreaks() throws Exception {
    List<SyntheticModule> modules =
        IntStream.range(0, MODULES)
            .mapToObj(i -> SyntheticModule.of("example.com/m" + i % 50 + "@v1." + i / 50 + ".0"))
            .toList();
    List<SyntheticModule> wrong =
        modules.stream().filter(m -> index(modules, m) % 100 == 7).toList();
    List<SyntheticModule> right = modules.stream().filter(m -> !wrong.contains(m)).toList();
    Map<String, Integer> faults = new ConcurrentHashMap<>();
    try (FakeUpstream upstream = upstream(modules, wrong, faults);
        Cluster cluster = Cluster.start(folder, upstream.goproxyUrl(), IMPATIENT);
        var onlooker = new Onlooker(folder.resolve("inner"), right)) {
      Files.writeString(
          folder.resolve("go.sum"),
          modules.stream().map(SyntheticModule::goSum).collect(Collectors.joining()));
      var chaos = new Chaos(cluster, folder, SEED);
      onlooker.start();

      JavaProcess.Result result;
      try (JavaProcess sync = cluster.sync("go.sum")) {
        for (int i = 0; i < BLOWS; i++) {
          chaos.pause(1, PAUSE);
          chaos.strike();
        }
        result = reached(cluster, sync.await(LIMIT));
      }

      report(chaos, faults, onlooker, upstream);
      assertThat(onlooker.halves()).isEmpty();
      assertThat(inside()).as(result.output()).isEqualTo(names(right));
      assertEachIsAsServed(right);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(wrong)
          .allSatisfy(m -> assertThat(result.output()).contains(m.module().toString()));
      assertThat(mostFetches(upstream)).isLessThanOrEqualTo(MOST_FETCHES);
    }
  }

  /// What came of the sync in the end: one sync waits neither for a watcher for ever nor for what
  /// is put off.
  private static JavaProcess.Result reached(Cluster cluster, JavaProcess.Result first)
      throws InterruptedException {
    JavaProcess.Result result = first;
    for (int i = 0; i < MOST_SYNCS && isNotTheEnd(result); i++) {
      Thread.sleep(Duration.ofSeconds(2));
      try (JavaProcess again = cluster.sync("go.sum")) {
        result = again.await(LIMIT);
      }
    }
    return result;
  }

  private static boolean isNotTheEnd(JavaProcess.Result result) {
    return result.exitCode() == NOT_REACHABLE || result.output().contains("DEFERRED");
  }

  /// 20 of 100 answers are errors, 5 cut off, 2 late; for a second now and then all are 429. Which
  /// ones depends on the seed and on the order of requests.
  private static FakeUpstream upstream(
      List<SyntheticModule> modules, List<SyntheticModule> wrong, Map<String, Integer> faults) {
    var random = new Random(SEED);
    List<String> wrongZips = wrong.stream().map(m -> ProxyPath.zip(m.module())).toList();
    long begun = System.nanoTime();
    return FakeUpstream.serving(modules.toArray(SyntheticModule[]::new))
        .fault(path -> {
          int dice = random.nextInt(100);
          boolean burst = Duration.ofNanos(System.nanoTime() - begun).toSeconds() % 20 == 13;
          Fault fault =
              burst
                  ? Fault.busy(429, 1)
                  : dice < 20
                      ? Fault.status(dice % 2 == 0 ? 500 : 503, "chaos\n")
                      : dice < 25
                          ? new Fault.Cut(100, dice % 2 == 0)
                          : dice < 27
                              ? new Fault.Delay(Duration.ofSeconds(1))
                              : wrongZips.contains(path) ? new Fault.FlipByte(100) : null;
          if (fault != null) {
            faults.merge(fault.getClass().getSimpleName(), 1, Integer::sum);
          }
          return java.util.Optional.ofNullable(fault);
        });
  }

  private static int index(List<SyntheticModule> modules, SyntheticModule module) {
    return modules.indexOf(module);
  }

  private static List<String> names(List<SyntheticModule> modules) {
    return modules.stream().map(m -> ProxyPath.zip(m.module())).sorted().toList();
  }

  private List<String> inside() throws Exception {
    Path inner = folder.resolve("inner");
    try (var files = Files.walk(inner)) {
      return files
          .map(file -> inner.relativize(file).toString())
          .filter(file -> file.endsWith(".zip") && !file.startsWith("_modgate"))
          .sorted()
          .toList();
    }
  }

  private void assertEachIsAsServed(List<SyntheticModule> modules) throws Exception {
    Path inner = folder.resolve("inner");
    var listed = new ArrayList<String>();
    for (SyntheticModule module : modules) {
      assertThat(inner.resolve(ProxyPath.zip(module.module()))).hasBinaryContent(module.zip());
      assertThat(inner.resolve(ProxyPath.mod(module.module()))).hasBinaryContent(module.mod());
      assertThat(inner.resolve(ProxyPath.info(module.module()))).hasBinaryContent(module.info());
      listed.addAll(Files.readAllLines(inner.resolve(ProxyPath.list(module.module().path()))));
      assertThat(listed).contains(module.module().version().toString());
    }
  }

  private static int mostFetches(FakeUpstream upstream) {
    return upstream.requests().stream()
        .collect(Collectors.groupingBy(FakeUpstream.Seen::path, Collectors.counting()))
        .values()
        .stream()
        .mapToInt(Long::intValue)
        .max()
        .orElse(0);
  }

  private static void report(
      Chaos chaos, Map<String, Integer> faults, Onlooker onlooker, FakeUpstream upstream)
      throws Exception {
    String report =
        "chaos: seed %d, %d module versions; %s (%d processes hit); upstream faults %s of %d"
                .formatted(
                    SEED,
                    MODULES,
                    chaos.report(),
                    chaos.killed(),
                    new TreeMap<>(faults),
                    upstream.requests().size())
            + " requests, one file asked for at most "
            + mostFetches(upstream)
            + " times; an onlooker saw "
            + onlooker.looks()
            + " whole versions";
    System.out.println(report);
    Files.writeString(Path.of("target", "chaos-report.txt"), report + "\n");
  }
}
