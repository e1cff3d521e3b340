package dev.modgate.gomod.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.gosum.GoSumException;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.oracle.XMod.Verdict;
import dev.modgate.gomod.zip.ModuleZip;
import dev.modgate.gomod.zip.ZipReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Compares our verdicts on zips with those of `golang.org/x/mod`. Where we choose to be stricter
/// the data file `stricter.txt` says so; we are never more lenient.
///
/// The real zips are those of [OracleCache]; `-Doracle.zips=FOLDER` names another `cache/download`.
final class XModTest {
  private static final Path FAULTS =
      Path.of("src", "test", "resources", "dev", "modgate", "gomod", "zip");
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/m@v1.0.0");

  @BeforeAll
  static void buildOnce() throws IOException {
    XMod.buildOnce();
  }

  @Test
  void agreesOnEveryFaultFileButWhereWeChooseToBeStricter() throws Exception {
    List<Path> files = zipsBelow(FAULTS);
    List<Verdict> theirs =
        XMod.zips(files.stream().map(file -> MODULE + "\t" + file.toAbsolutePath()).toList());

    Set<String> stricter = new TreeSet<>();
    for (int i = 0; i < files.size(); i++) {
      ZipReport ours = inspect(files.get(i), MODULE);
      String name = files.get(i).getFileName().toString().replace(".zip", "");
      if (ours.hash().isPresent()) {
        assertThat(theirs.get(i).line()).as(name).isEqualTo("ok " + ours.hash().get());
      } else if (theirs.get(i).accepted()) {
        stricter.add(name);
      }
    }

    assertThat(stricter).containsExactlyElementsOf(new TreeSet<>(stricterOnes()));
  }

  @Test
  void agreesOnEveryRealZip() throws Exception {
    Path downloads = downloads();
    List<Path> files = zipsBelow(downloads);
    List<ModuleVersion> modules = files.stream().map(file -> module(downloads, file)).toList();
    var questions = new ArrayList<String>();
    for (int i = 0; i < files.size(); i++) {
      questions.add(modules.get(i) + "\t" + files.get(i));
    }
    List<Verdict> theirs = XMod.zips(questions);

    int accepted = 0;
    for (int i = 0; i < files.size(); i++) {
      ZipReport ours = inspect(files.get(i), modules.get(i));
      String hash = ours.hash().map(h -> "ok " + h).orElse("refused");
      assertThat(hash)
          .as(questions.get(i) + ": " + ours.faults() + ", x/mod: " + theirs.get(i).line())
          .isEqualTo(theirs.get(i).accepted() ? theirs.get(i).line() : "refused");
      accepted += theirs.get(i).accepted() ? 1 : 0;
    }
    System.out.println("compared " + files.size() + " real zips, x/mod accepts " + accepted);
    assertThat(files.size()).isGreaterThan(200);
  }

  private static Path downloads() throws IOException, GoSumException {
    String named = System.getProperty("oracle.zips");
    if (named != null) {
      return Path.of(named);
    }
    OracleCache.fill();
    return OracleCache.DOWNLOADS;
  }

  private static List<Path> zipsBelow(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  private static ModuleVersion module(Path downloads, Path zip) {
    String escaped = downloads.relativize(zip).toString().replace('\\', '/');
    int at = escaped.indexOf("/@v/");
    String version = escaped.substring(at + "/@v/".length(), escaped.length() - ".zip".length());
    return new ModuleVersion(
        ModulePath.unescape(escaped.substring(0, at)), ModuleVersion.unescapeVersion(version));
  }

  private static Set<String> stricterOnes() throws IOException {
    try (InputStream in = OracleCache.resource("/xmod/stricter.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .collect(Collectors.toSet());
    }
  }

  private static ZipReport inspect(Path zip, ModuleVersion module) throws IOException {
    try (var channel = FileChannel.open(zip)) {
      return ModuleZip.inspect(channel, module);
    }
  }
}
