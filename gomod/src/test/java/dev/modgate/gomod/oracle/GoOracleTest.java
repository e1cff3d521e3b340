package dev.modgate.gomod.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.GoModHash;
import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.gosum.GoSumLine;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Compares us with `go` over the modules that a real project (Caddy) needs.
class GoOracleTest {
  private static final Map<String, String> OFFLINE = Map.of("GOPROXY", "off", "GOSUMDB", "off");
  private static final Path ROOT = OracleCache.ROOT;
  private static final Path WORK = OracleCache.WORK;
  private static final Path DOWNLOADS = OracleCache.DOWNLOADS;
  private static final GoCommand GO = OracleCache.GO;
  private static List<GoSumLine> lines = List.of();

  @BeforeAll
  static void fillCacheOnce() throws IOException, GoSumException {
    lines = OracleCache.fill();
  }

  @Test
  void agreesWithGoOnTheHashOfEveryZip() throws IOException {
    int compared = 0;
    for (GoSumLine line : lines) {
      Path zip = cached(line.module(), ".zip");
      if (line.goMod() || !Files.exists(zip)) {
        continue;
      }

      ZipReport report = inspect(zip, line.module());

      assertThat(report.faults()).as(line.module().toString()).isEmpty();
      assertThat(report.hash()).contains(line.hash());
      assertThat(report.hash().orElseThrow().value())
          .isEqualTo(Files.readString(cached(line.module(), ".ziphash")).strip());
      compared++;
    }
    assertThat(compared).isGreaterThan(200);
  }

  @Test
  void agreesWithGoOnTheHashOfEveryGoMod() throws IOException {
    int compared = 0;
    for (GoSumLine line : lines) {
      Path mod = cached(line.module(), ".mod");
      if (line.goMod() && Files.exists(mod)) {
        assertThat(GoModHash.of(Files.readAllBytes(mod)))
            .as(line.module().toString())
            .isEqualTo(line.hash());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(200);
  }

  @Test
  void readsEveryGoModOfTheCacheAndWantsWhatGoWants() throws Exception {
    List<Path> mods = files(".mod");
    var sample = new ArrayList<>(mods);
    Collections.shuffle(sample, new Random(1));

    for (Path mod : mods) {
      GoMod.parseLax(Files.readAllBytes(mod), mod.toString());
    }
    for (Path mod : sample.subList(0, Math.min(50, sample.size()))) {
      GoMod ours = GoMod.parseLax(Files.readAllBytes(mod), mod.toString());
      assertThat(ours.requires().stream().map(r -> r.path() + "@" + r.version()))
          .as(mod.toString())
          .containsExactlyElementsOf(requiresAsGoSees(mod));
    }
  }

  private static List<String> requiresAsGoSees(Path mod) {
    GoCommand.Result json =
        GO.run(WORK, OFFLINE, 30, List.of("mod", "edit", "-json", mod.toString()));
    assertThat(json.exit()).as(json.out()).isZero();
    String require = json.out().replaceAll("(?s)^.*?\"Require\": (null|\\[.*?\\n\\t\\]).*$", "$1");
    var found = new ArrayList<String>();
    if (json.out().contains("\"Require\": [")) {
      var fields =
          Pattern.compile("\"Path\": \"([^\"]*)\",\\s*\"Version\": \"([^\"]*)\"").matcher(require);
      while (fields.find()) {
        found.add(fields.group(1) + "@" + fields.group(2));
      }
    }
    return found;
  }

  @Test
  void ordersVersionsAsGoLists() throws IOException {
    int compared = 0;
    for (Path list : versionLists()) {
      List<Version> ours =
          Files.readAllLines(list).stream()
              .filter(v -> !v.isBlank())
              .map(Version::parse)
              .filter(v -> !v.isPseudo())
              .sorted()
              .toList();
      String escaped = DOWNLOADS.relativize(list).toString().replace("/@v/list", "");
      String path = ModulePath.unescape(escaped).value();

      GoCommand.Result go = listVersions(path);

      assertThat(go.exit()).as(go.out()).isZero();
      List<String> printed = List.of(go.out().strip().split(" ", -1));
      assertThat(ours.stream().map(Version::toString))
          .containsExactlyElementsOf(printed.subList(1, printed.size()));
      compared++;
    }
    assertThat(compared).isPositive();
  }

  private static GoCommand.Result listVersions(String path) {
    var proxy = Map.of("GOPROXY", DOWNLOADS.toUri().toString(), "GONOSUMDB", "*", "GOSUMDB", "off");
    return GO.run(
        ROOT.resolve("empty"), proxy, 30, List.of("list", "-m", "-versions", "-retracted", path));
  }

  private static List<Path> versionLists() throws IOException {
    return files("list").stream()
        .filter(p -> p.getFileName().toString().equals("list"))
        .sorted((a, b) -> Long.compare(b.toFile().length(), a.toFile().length()))
        .limit(60)
        .toList();
  }

  private static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(DOWNLOADS)) {
      return all.filter(p -> p.toString().endsWith(suffix) && !p.toString().contains("/sumdb/"))
          .sorted()
          .toList();
    }
  }

  private static ZipReport inspect(Path zip, ModuleVersion module) throws IOException {
    try (var channel = FileChannel.open(zip)) {
      return ModuleZip.inspect(channel, module);
    }
  }

  private static Path cached(ModuleVersion module, String suffix) {
    return DOWNLOADS.resolve(module.path().escaped() + "/@v/" + module.escapedVersion() + suffix);
  }
}
