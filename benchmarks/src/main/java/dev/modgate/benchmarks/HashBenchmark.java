package dev.modgate.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.zip.Inflate;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import dev.modgate.verifier.inflate.Libdeflate;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// How long it takes to check and hash zips, beside `dirhash.HashZip` of `golang.org/x/mod`, which
/// hashes alone: on one core, over the same files, in turns.
///
/// Time of the processor is what counts; the clock also shows what else the machine does. Rounds
/// before the first that counts warm the JVM up.
///
/// Arguments: the Go program, `cache/download` of a module cache, the number of rounds.
public final class HashBenchmark {
  private static final int WARM_UP = 2;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Path program;
  private final List<Path> zips;
  private final List<ModuleVersion> modules;
  private final Map<Reader, List<Took>> took = new EnumMap<>(Reader.class);

  private enum Reader {
    XMOD("x/mod dirhash.HashZip"),
    JDK("ours, the JDK alone"),
    LIBDEFLATE("ours, with libdeflate");

    private final String title;

    Reader(String title) {
      this.title = title;
    }
  }

  /// Nanoseconds.
  private record Took(long processor, long clock) {}

  private HashBenchmark(Path program, List<Path> zips, List<ModuleVersion> modules) {
    this.program = program;
    this.zips = zips;
    this.modules = modules;
  }

  public static void main(String[] args) throws Exception {
    if (args.length != 3) {
      System.err.println("usage: HashBenchmark PROGRAM ZIPS ROUNDS");
      System.exit(2);
    }
    Path downloads = Path.of(args[1]).toAbsolutePath();
    List<Path> zips;
    try (Stream<Path> all = Files.walk(downloads)) {
      zips = all.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
    List<ModuleVersion> modules = zips.stream().map(zip -> module(downloads, zip)).toList();
    new HashBenchmark(Path.of(args[0]), zips, modules).run(Integer.parseInt(args[2]));
  }

  private static ModuleVersion module(Path downloads, Path zip) {
    String escaped = downloads.relativize(zip).toString();
    int at = escaped.indexOf("/@v/");
    String version = escaped.substring(at + "/@v/".length(), escaped.length() - ".zip".length());
    return new ModuleVersion(
        ModulePath.unescape(escaped.substring(0, at)), ModuleVersion.unescapeVersion(version));
  }

  private void run(int rounds) throws IOException, InterruptedException {
    Inflate libdeflate = Libdeflate.orElsePiecewise();
    for (int round = -WARM_UP; round < rounds; round++) {
      Took go = go();
      Took jdk = ours(Inflate.PIECEWISE);
      Took libdeflated = ours(libdeflate);
      if (round >= 0) {
        add(Reader.XMOD, go);
        add(Reader.JDK, jdk);
        add(Reader.LIBDEFLATE, libdeflated);
      }
    }
    long bytes = 0;
    for (Path zip : zips) {
      bytes += Files.size(zip);
    }
    System.out.printf(
        Locale.ROOT, "%d zips, %d MB, %d rounds%n", zips.size(), bytes / 1_000_000, rounds);
    System.out.printf(
        Locale.ROOT,
        "%-40s %9s %9s %9s %7s %9s%n",
        "seconds of the processor",
        "min",
        "median",
        "max",
        "ratio",
        "by clock");
    for (Reader reader : Reader.values()) {
      print(reader);
    }
  }

  private void add(Reader reader, Took time) {
    took(reader).add(time);
  }

  private List<Took> took(Reader reader) {
    return took.computeIfAbsent(reader, r -> new ArrayList<>());
  }

  private void print(Reader reader) {
    List<Double> seconds = sorted(reader);
    double clock =
        took(reader).stream().mapToLong(Took::clock).sorted().toArray()[seconds.size() / 2] / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-40s %9.2f %9.2f %9.2f %7.2f %9.2f%n",
        reader.title,
        seconds.getFirst(),
        median(seconds),
        seconds.getLast(),
        median(sorted(Reader.XMOD)) / median(seconds),
        clock);
  }

  private List<Double> sorted(Reader reader) {
    return took(reader).stream().map(t -> t.processor() / 1e9).sorted().toList();
  }

  private static double median(List<Double> sorted) {
    return sorted.get(sorted.size() / 2);
  }

  private Took ours(Inflate inflate) throws IOException {
    long processor = SYSTEM.getProcessCpuTime();
    long clock = System.nanoTime();
    for (int i = 0; i < zips.size(); i++) {
      try (FileChannel channel = FileChannel.open(zips.get(i))) {
        ZipReport report = ModuleZip.inspect(channel, modules.get(i), inflate);
        if (report.hash().isEmpty()) {
          throw new IOException(modules.get(i) + ": " + report.faults());
        }
      }
    }
    return new Took(SYSTEM.getProcessCpuTime() - processor, System.nanoTime() - clock);
  }

  private Took go() throws IOException, InterruptedException {
    Path list = Files.createTempFile("modgate-bench", ".zips");
    Path answer = Files.createTempFile("modgate-bench", ".out");
    Files.write(list, zips.stream().map(Path::toString).toList());
    var builder =
        new ProcessBuilder(program.toString())
            .redirectInput(list.toFile())
            .redirectOutput(answer.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("GOMAXPROCS", "1");
    int exit = builder.start().waitFor();
    String[] numbers = Files.readString(answer).strip().split(" ", -1);
    Files.delete(list);
    Files.delete(answer);
    if (exit != 0) {
      throw new IOException(program + " exited with " + exit);
    }
    return new Took(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
  }
}
