package dev.modgate.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.proxy.ProxyPath;
import dev.modgate.testsupport.FakeUpstream;
import dev.modgate.testsupport.Fault;
import dev.modgate.testsupport.PostgresServer;
import dev.modgate.testsupport.SyntheticModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /// New work comes in all along, so that each blow hits some.
  private static final int BLOWS_A_PUSH = 3;

  private static final int NOT_REACHABLE = 3;
  private static final int MOST_SYNCS = 60;

  private static final Map<String, String> IMPATIENT =
      Map.of(
          "MODGATE_WATCHER_RETRY_WAITS",
          "2s,5s,10s",
          "MODGATE_KAFKA_PROPERTIES_SESSION_TIMEOUT_MS",
          "6000");

  @TempDir Path folder;

  @Test
  void justWhatShouldBeInsideIsInTheEndWhateverBreaks() throws Exception {
    List<SyntheticModule> modules =
        IntStream.range(0, MODULES)
            .mapToObj(i -> SyntheticModule.of("example.com/m" + i % 50 + "@v1." + i / 50 + ".0"))
            .toList();
    List<SyntheticModule> wrong =
        modules.stream().filter(m -> modules.indexOf(m) % 100 == 7).toList();
    List<SyntheticModule> right = modules.stream().filter(m -> !wrong.contains(m)).toList();
    Map<String, Integer> faults = new ConcurrentHashMap<>();
    Map<String, String> settings = new HashMap<>(IMPATIENT);
    Optional<PostgresServer> database = database(settings);
    try (FakeUpstream upstream = upstream(modules, wrong, faults);
        Cluster cluster = Cluster.start(folder, upstream.goproxyUrl(), settings);
        var onlooker = new Onlooker(folder.resolve("inner"), right);
        var pushes = new Pushes(cluster.api())) {
      var chaos = new Chaos(cluster, folder, database, SEED);
      onlooker.start();
      pushes.start();

      for (int i = 0; i < BLOWS; i++) {
        if (i % BLOWS_A_PUSH == 0) {
          pushes.add(goSum(part(modules, i / BLOWS_A_PUSH)));
        }
        chaos.pause(Math.max(1, PAUSE / 3), PAUSE);
        chaos.strike();
      }
      Files.writeString(folder.resolve("go.sum"), goSum(modules));
      JavaProcess.Result result = reached(cluster);

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

  /// The watcher's; where no server can be had it has one within itself.
  private static Optional<PostgresServer> database(Map<String, String> settings) throws Exception {
    return switch (PostgresServer.start()) {
      case PostgresServer.Start.Running(var url, var server) -> {
        settings.put("MODGATE_WATCHER_DATABASE_URL", url);
        yield Optional.of(server);
      }
      case PostgresServer.Start.Missing(var reason) -> {
        System.out.println("chaos: no blow against the database: " + reason);
        yield Optional.empty();
      }
    };
  }

  private static List<SyntheticModule> part(List<SyntheticModule> modules, int part) {
    int parts = (BLOWS + BLOWS_A_PUSH - 1) / BLOWS_A_PUSH;
    return modules.subList(modules.size() * part / parts, modules.size() * (part + 1) / parts);
  }

  private static String goSum(List<SyntheticModule> modules) {
    return modules.stream().map(SyntheticModule::goSum).collect(Collectors.joining());
  }

  /// What came of a sync of all in the end: one sync waits neither for a watcher for ever nor for
  /// what is put off.
  private static JavaProcess.Result reached(Cluster cluster) throws InterruptedException {
    for (int i = 0; ; i++) {
      try (JavaProcess sync = cluster.sync("go.sum")) {
        JavaProcess.Result result = sync.await(LIMIT);
        if (i == MOST_SYNCS || !isNotTheEnd(result)) {
          return result;
        }
      }
      Thread.sleep(Duration.ofSeconds(2));
    }
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
          return Optional.ofNullable(fault);
        });
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
