package dev.modgate.gomod.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.modgate.gomod.graph.GraphDepth;
import dev.modgate.gomod.graph.GraphLimits;
import dev.modgate.gomod.graph.GraphRoots;
import dev.modgate.gomod.graph.GraphWalk;
import dev.modgate.gomod.graph.Known;
import dev.modgate.gomod.graph.ModuleGraph;
import dev.modgate.gomod.graph.Node;
import dev.modgate.gomod.graph.Outcome;
import dev.modgate.gomod.graph.Requirements;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compares our graph with that of `go`, over modules that require each other at random. `go` reads
/// them from a folder, so nothing is asked of the network.
final class GraphOracleTest {
  private static final int WORLDS = Integer.getInteger("graph.worlds", 12);
  private static final long SEED = Long.getLong("graph.seed", 1);
  private static final List<String> MAIN_GO_LINES =
      List.of("1.14", "1.16", "1.17", "1.19", "1.21", "1.21.4", "1.23.0", "1.26.0");

  @TempDir Path folder;

  @BeforeAll
  static void needsGo() {
    assumeTrue(
        new GoCommand(Path.of(".")).run(Path.of("."), Map.of(), 30, List.of("version")).exit() == 0,
        "skipped: the go command is not on PATH");
  }

  @Test
  void agreesWithGoOnTheGraphOfAMainModule() throws Exception {
    for (long seed = SEED; seed < SEED + WORLDS; seed++) {
      var modules = new RandomModules(seed);
      String main = modules.main("example.com/main", MAIN_GO_LINES);
      Path project = project(modules, seed, Map.of("go.mod", main));
      GraphRoots roots = GraphRoots.of(GoMod.parse(bytes(main), "go.mod"));

      compare(modules, roots, project, Map.of("GOFLAGS", "-mod=mod -modcacherw"));
    }
  }

  @Test
  void agreesWithGoOnTheGraphOfAWorkspace() throws Exception {
    for (long seed = SEED; seed < SEED + WORLDS; seed++) {
      var modules = new RandomModules(seed);
      var files = new TreeMap<String, String>();
      var members = new HashMap<String, GoMod>();
      var work = new StringBuilder("go 1.26.0\n");
      for (int i = 0; i <= 1 + seed % 2; i++) {
        String text =
            modules.main("example.com/work" + i, MAIN_GO_LINES).replaceAll("(?m)^replace.*\n", "");
        files.put("work" + i + "/go.mod", text);
        work.append("use ./work").append(i).append('\n');
        members.put("./work" + i, GoMod.parse(bytes(text), "go.mod"));
      }
      work.append(modules.replaces());
      files.put("go.work", work.toString());
      Path project = project(modules, seed, files);
      GraphRoots roots = GraphRoots.of(GoWork.parse(bytes(work.toString()), "go.work"), members);

      compare(
          modules,
          roots,
          project,
          Map.of("GOFLAGS", "-modcacherw", "GOWORK", project.resolve("go.work").toString()));
    }
  }

  private void compare(
      RandomModules modules, GraphRoots roots, Path project, Map<String, String> mode)
      throws Exception {
    var cache = new GoCommand(project.resolveSibling("cache"));
    var environment = new HashMap<>(mode);
    environment.put("GOPROXY", project.resolveSibling("proxy").toUri().toString());
    environment.put("GONOSUMDB", "*");
    environment.put("GOSUMDB", "off");
    // first, because `go list` writes to the go.mod
    var edges = cache.run(project, environment, 60, List.of("mod", "graph"));
    SortedSet<ModuleVersion> read = modsIn(project.resolveSibling("cache"));
    var list = cache.run(project, environment, 60, List.of("list", "-m", "all"));
    assertThat(list.exit()).as(project + "\n" + list.out()).isZero();

    ModuleGraph graph = walk(modules, roots);

    assertThat(graph.edges().map(ModuleGraph.Edge::toString))
        .as(project.toString())
        .containsExactlyElementsOf(edges.out().lines().toList());
    assertThat(graph.buildList())
        .as(project.toString())
        .map(Node::toString)
        .containsExactlyElementsOf(list.out().lines().map(GraphOracleTest::before).toList());
    assertThat(graph.loaded()).as(project.toString()).containsExactlyElementsOf(read);
    assertThat(graph.problems()).isEmpty();
  }

  /// `path version => replacement` without the replacement.
  private static String before(String line) {
    return line.replaceAll(" =>.*", "").replace(' ', '@');
  }

  /// Step by step, as somebody walks who knows nothing at the beginning.
  private static ModuleGraph walk(RandomModules modules, GraphRoots roots) {
    Map<ModuleVersion, Known> known = new HashMap<>();
    var withFolders =
        roots.withFolders(
            folder -> Optional.ofNullable(modules.folders.get(dotted(folder))).map(t -> read(t)));
    while (true) {
      switch (GraphWalk.walk(
          withFolders,
          GraphDepth.BUILD,
          GraphLimits.DEFAULT,
          module -> known.getOrDefault(module, new Known.Unread()))) {
        case Outcome.Complete(var graph) -> {
          return graph;
        }
        case Outcome.TooLarge(var sentence) -> throw new AssertionError(sentence);
        case Outcome.Needs needs -> {
          assertThat(known.keySet()).doesNotContainAnyElementsOf(needs.goMods());
          needs.goMods().forEach(m -> known.put(m, new Known.Read(read(modules.goMod(m)))));
        }
      }
    }
  }

  private static String dotted(String folder) {
    return folder.startsWith("./") ? folder : "./" + folder;
  }

  private static Requirements read(String goMod) {
    try {
      return Requirements.of(GoMod.parseLax(bytes(goMod), "go.mod"));
    } catch (GoModException e) {
      throw new AssertionError(e);
    }
  }

  private Path project(RandomModules modules, long seed, Map<String, String> files)
      throws IOException {
    Path world = folder.resolve("world" + seed);
    modules.writeProxy(world.resolve("proxy"));
    Path project = world.resolve("project");
    modules.writeFolders(project);
    for (var file : files.entrySet()) {
      RandomModules.write(project.resolve(file.getKey()), file.getValue());
    }
    return project;
  }

  private static SortedSet<ModuleVersion> modsIn(Path cache) {
    Path downloads = cache.resolve("cache").resolve("download");
    var found = new TreeSet<ModuleVersion>();
    if (!Files.exists(downloads)) {
      return found;
    }
    try (Stream<Path> files = Files.walk(downloads)) {
      for (Path file : new ArrayList<>(files.filter(f -> f.toString().endsWith(".mod")).toList())) {
        String[] parts = downloads.relativize(file).toString().split("/@v/", 2);
        String version = parts[1].substring(0, parts[1].length() - ".mod".length());
        found.add(
            new ModuleVersion(
                ModulePath.unescape(parts[0]), ModuleVersion.unescapeVersion(version)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
