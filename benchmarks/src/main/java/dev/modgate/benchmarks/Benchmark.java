package dev.modgate.benchmarks;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumLine;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A cold sync of one project by a standalone that runs already, beside `go mod download` of its
/// zips from the same upstream on this machine; what the standalone costs to start and to keep; and
/// the gateway's requests per second. The sync does more: it also brings, and proves, the go.mod
/// and `.info` of every version that go.sum names for its go.mod alone.
///
/// Arguments: the repository's folder, the project's folder (go.mod and go.sum), the number of
/// rounds.
public final class Benchmark {
  private static final Pattern PID = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)");
  private static final Pattern GATEWAY = Pattern.compile("\"gateway\"\\s*:\\s*\"([^\"]+)\"");

  private final Path repository;
  private final Path project;
  private final Path work;
  private final List<GoSumLine> zips = new ArrayList<>();
  private final Set<ModuleVersion> versions = new LinkedHashSet<>();
  private final List<Double> starts = new ArrayList<>();
  private final List<Double> syncs = new ArrayList<>();
  private final List<Double> downloads = new ArrayList<>();
  private final List<Double> resident = new ArrayList<>();

  private Benchmark(Path repository, Path project, Path work) {
    this.repository = repository;
    this.project = project;
    this.work = work;
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      System.err.println("usage: Benchmark REPOSITORY PROJECT ROUNDS");
      System.exit(2);
    }
    Path work = Files.createTempDirectory("modgate-bench");
    try {
      new Benchmark(Path.of(args[0]).toAbsolutePath(), Path.of(args[1]).toAbsolutePath(), work)
          .run(Integer.parseInt(args[2]));
    } finally {
      delete(work);
    }
  }

  private void run(int rounds) throws Exception {
    try (InputStream in = Files.newInputStream(project.resolve("go.sum"))) {
      for (GoSumLine line : GoSum.parse(in, "go.sum").lines()) {
        versions.add(line.module());
        if (!line.goMod()) {
          zips.add(line);
        }
      }
    }
    Path cache = fillCache();
    String gatewayRow;
    try (CacheServer upstream = CacheServer.start(cache)) {
      for (int round = 0; round < rounds; round++) {
        coldSync(upstream.url(), round);
        downloads.add(goModDownload(upstream.url(), round));
      }
      gatewayRow = gateway(upstream.url());
    }
    System.out.printf(
        "%-44s %8s %8s %8s%n", "case (" + rounds + " rounds)", "min", "median", "max");
    print("modgate up to ready, s", starts);
    print("cold sync of " + versions.size() + " versions, s", syncs);
    print("go mod download of " + zips.size() + " zips, s", downloads);
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      ratios.add(syncs.get(i) / downloads.get(i));
    }
    print("ratio sync / go mod download", ratios);
    print("resident after the sync, MiB", resident);
    System.out.println(gatewayRow);
  }

  /// A module cache that outlives the run; the only step that may use the network.
  private Path fillCache() throws IOException, InterruptedException {
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "modgate-bench-cache");
    Path scratch = copyProject("fill");
    var environment = new HashMap<String, String>();
    environment.put("GOMODCACHE", cache.toString());
    environment.put("GOFLAGS", "-mod=mod");
    environment.put("GONOSUMDB", "*");
    Command.run(scratch, environment, goDownload());
    var list = new ArrayList<>(List.of("go", "list", "-m", "-json")); // .info and .mod of the rest
    versions.forEach(version -> list.add(version.toString()));
    Command.run(scratch, environment, list);
    return cache.resolve("cache").resolve("download");
  }

  private void coldSync(String upstream, int round) throws IOException, InterruptedException {
    String data = work.resolve("data-" + round).toString();
    starts.add(up(data, upstream));
    try {
      syncs.add(modgate("sync", project.toString(), "--data", data).seconds());
      resident(data).ifPresent(resident::add);
    } finally {
      modgate("down", "--data", data);
    }
  }

  private double up(String data, String upstream) throws IOException, InterruptedException {
    return modgate(
            "up",
            "-d",
            "--data",
            data,
            "--port",
            "0",
            "--gateway-port",
            "0",
            "--upstream",
            upstream)
        .seconds();
  }

  /// Of the standalone's process; empty where the system has no `/proc`.
  private static OptionalDouble resident(String data) throws IOException {
    Path status = Path.of("/proc", run(data, PID), "status");
    if (!Files.exists(status)) {
      return OptionalDouble.empty();
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
        .findFirst();
  }

  /// What the standalone says of itself in its data folder.
  private static String run(String data, Pattern field) throws IOException {
    String run = Files.readString(Path.of(data, "run.json"));
    Matcher matcher = field.matcher(run);
    if (!matcher.find()) {
      throw new IOException("run.json has no " + field + ": " + run);
    }
    return matcher.group(1);
  }

  private double goModDownload(String upstream, int round)
      throws IOException, InterruptedException {
    Path scratch = copyProject("go-" + round);
    Path cache = work.resolve("modcache-" + round);
    var environment = new HashMap<String, String>();
    environment.put("GOMODCACHE", cache.toString());
    environment.put("GOPROXY", upstream);
    environment.put("GOFLAGS", "-mod=mod -modcacherw");
    environment.put("GONOSUMDB", "*");
    double seconds = Command.run(scratch, environment, goDownload()).seconds();
    delete(cache);
    return seconds;
  }

  private String gateway(String upstream) throws IOException, InterruptedException {
    if (!Command.exists("wrk")) {
      return "gateway requests per second: skipped, wrk is not installed (apt-get install wrk)";
    }
    String data = work.resolve("data-gateway").toString();
    up(data, upstream);
    try {
      modgate("sync", project.toString(), "--data", data);
      String url = run(data, GATEWAY) + "/" + ProxyPath.info(zips.getFirst().module());
      wrk(url, "3s"); // warm-up
      return wrk(url, "10s");
    } finally {
      modgate("down", "--data", data);
    }
  }

  private String wrk(String url, String duration) throws IOException, InterruptedException {
    String output =
        Command.run(work, Map.of(), List.of("wrk", "-t1", "-c64", "-d" + duration, url)).output();
    return "gateway .info, 64 connections: "
        + output
            .lines()
            .filter(line -> line.contains("Requests/sec"))
            .findFirst()
            .orElse(output)
            .strip();
  }

  private Command.Run modgate(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(repository.resolve("modgate").toString()));
    Collections.addAll(command, args);
    return Command.run(work, Map.of("MODGATE_SUMDB_DATABASE", "off"), command); // as go does here
  }

  private List<String> goDownload() {
    var command = new ArrayList<>(List.of("go", "mod", "download"));
    zips.forEach(line -> command.add(line.module().toString()));
    return command;
  }

  private Path copyProject(String name) throws IOException {
    Path scratch = Files.createDirectories(work.resolve(name));
    Files.copy(project.resolve("go.mod"), scratch.resolve("go.mod"));
    Files.copy(project.resolve("go.sum"), scratch.resolve("go.sum"));
    return scratch;
  }

  private static void print(String name, List<Double> values) {
    if (values.isEmpty()) {
      return;
    }
    List<Double> sorted = values.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-44s %8.2f %8.2f %8.2f%n",
        name,
        sorted.getFirst(),
        sorted.get(sorted.size() / 2),
        sorted.getLast());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
