package dev.modgate.gomod.oracle;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.gosum.GoSumLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A module cache with all that a real project (Caddy) needs.
///
/// It is filled once and stays: `MODGATE_ORACLE_CACHE`, else a folder below `java.io.tmpdir`.
/// Without `go`, or without a network at the first run, the tests are skipped.
final class OracleCache {
  static final Path ROOT = root();
  static final Path WORK = ROOT.resolve("work");
  static final Path DOWNLOADS = ROOT.resolve("mod/cache/download");
  static final GoCommand GO = new GoCommand(ROOT.resolve("mod"));

  private OracleCache() {}

  /// @return the lines of the project's go.sum
  static List<GoSumLine> fill() throws IOException, GoSumException {
    List<GoSumLine> lines;
    try (InputStream in = resource("/caddy/go.sum")) {
      lines = GoSum.parse(in, "go.sum").lines();
    }
    if (Files.exists(ROOT.resolve("filled"))) {
      return lines;
    }
    Path empty = Files.createDirectories(ROOT.resolve("empty"));
    copyResources(WORK, "/caddy/go.mod", "/caddy/go.sum");
    var download = new ArrayList<>(List.of("mod", "download"));
    lines.stream().filter(l -> !l.goMod()).forEach(l -> download.add(l.module().toString()));
    GoCommand.Result zips = GO.run(empty, Map.of(), 300, download);
    assumeTrue(zips.exit() == 0, "the module cache could not be filled: " + zips.out());
    GoCommand.Result mods = GO.run(WORK, Map.of(), 120, List.of("mod", "graph"));
    assumeTrue(mods.exit() == 0, "the go.mod files could not be fetched: " + mods.out());
    Files.createFile(ROOT.resolve("filled"));
    return lines;
  }

  static void copyResources(Path folder, String... names) throws IOException {
    Files.createDirectories(folder);
    for (String name : names) {
      try (InputStream in = resource(name)) {
        Path file = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  static InputStream resource(String name) {
    return Objects.requireNonNull(OracleCache.class.getResourceAsStream(name), name);
  }

  private static Path root() {
    String configured = System.getenv("MODGATE_ORACLE_CACHE");
    return configured != null
        ? Path.of(configured)
        : Path.of(System.getProperty("java.io.tmpdir"), "modgate-oracle-cache");
  }
}
