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
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.ProxyPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares our graph with that of `go` over modules that are in use: pruned, with requirements
/// that are `+incompatible`, and from before pruning. They are read from the oracle's module cache,
/// which `go` fills once, from where this machine's `go` gets modules.
final class ClosureOracleTest {
  /// Not the one of the other oracles, which count what lies there.
  private static final Path CACHE = OracleCache.ROOT.resolve("closures");

  private static final Path DOWNLOADS = CACHE.resolve("cache").resolve("download");
  private static final GoCommand GO = new GoCommand(CACHE);
  private static final Map<String, String> UNPROVEN = Map.of("GONOSUMDB", "*", "GOSUMDB", "off");

  @TempDir Path folder;

  @BeforeAll
  static void needsGo() {
    assumeTrue(
        GO.run(Path.of("."), Map.of(), 30, List.of("version")).exit() == 0,
        "skipped: the go command is not on PATH");
  }

  @ParameterizedTest
  @CsvSource({
    "golang.org/x/tools@v0.30.0",
    "github.com/labstack/echo/v4@v4.11.4",
    "github.com/gin-gonic/gin@v1.6.3",
    "github.com/spf13/cobra@v1.0.0"
  })
  void theClosureIsThatOfGo(String name) throws Exception {
    ModuleVersion module = ModuleVersion.parse(name);
    fill(List.of(module), List.of());
    String own = Files.readString(DOWNLOADS.resolve(ProxyPath.mod(module)));
    for (String main : List.of(own, program(module))) {
      Path project = Files.createTempDirectory(folder, "project");
      Files.writeString(project.resolve("go.mod"), main);
      var edges = GO.run(project, UNPROVEN, 300, List.of("mod", "graph"));
      assumeTrue(edges.exit() == 0, "skipped: go can't have the go.mods: " + edges.out());
      var list = GO.run(project, UNPROVEN, 300, List.of("list", "-m", "all"));

      ModuleGraph graph = walk(main, GraphDepth.BUILD);

      assertThat(graph.edges().map(ModuleGraph.Edge::toString))
          .containsExactlyElementsOf(edges.out().lines().toList());
      assertThat(graph.buildList())
          .extracting(Node::toString)
          .containsExactlyElementsOf(
              list.out().lines().map(line -> line.replace(' ', '@')).toList());
      assertThat(graph.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "golang.org/x/tools@v0.30.0, golang.org/x/tools/go/packages",
    "github.com/labstack/echo/v4@v4.11.4, github.com/labstack/echo/v4/middleware",
    "github.com/gin-gonic/gin@v1.6.3, github.com/gin-gonic/gin"
  })
  void whatIsPlannedForTidySufficesForTidy(String name, String imported) throws Exception {
    ModuleVersion module = ModuleVersion.parse(name);
    ModuleGraph graph = walk(program(module), GraphDepth.TIDY);
    fill(graph.loaded(), graph.zips());
    Path proxy = Files.createDirectory(folder.resolve("proxy"));
    graph.loaded().forEach(m -> serve(proxy, ProxyPath.mod(m), ProxyPath.info(m)));
    graph.zips().forEach(m -> serve(proxy, ProxyPath.mod(m), ProxyPath.info(m)));
    graph.zips().forEach(m -> serve(proxy, ProxyPath.zip(m)));
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.writeString(project.resolve("go.mod"), program(module));
    Files.writeString(
        project.resolve("main.go"),
        "package main\n\nimport _ \"" + imported + "\"\n\nfunc main() {}\n");
    var inside = new GoCommand(folder.resolve("cache"));

    var tidy =
        inside.run(
            project,
            Map.of("GOPROXY", proxy.toUri().toString(), "GONOSUMDB", "*", "GOSUMDB", "off"),
            120,
            List.of("mod", "tidy"));

    assertThat(tidy.exit()).as(tidy.out()).isZero();
    assertThat(project.resolve("go.sum")).isNotEmptyFile();
  }

  private static String program(ModuleVersion module) {
    return "module program\n\ngo 1.20\n\nrequire " + module.path() + " " + module.version() + "\n";
  }

  private static ModuleGraph walk(String main, GraphDepth depth) throws GoModException {
    GraphRoots roots = GraphRoots.of(GoMod.parse(main.getBytes(StandardCharsets.UTF_8), "go.mod"));
    while (true) {
      switch (GraphWalk.walk(roots, depth, GraphLimits.DEFAULT, ClosureOracleTest::known)) {
        case Outcome.Complete(var graph) -> {
          return graph;
        }
        case Outcome.TooLarge(var sentence) -> throw new AssertionError(sentence);
        case Outcome.Needs needs -> fill(needs.goMods(), List.of());
      }
    }
  }

  private static Known known(ModuleVersion module) {
    Path mod = DOWNLOADS.resolve(ProxyPath.mod(module));
    try {
      return Files.exists(mod)
          ? new Known.Read(
              Requirements.of(GoMod.parseLax(Files.readAllBytes(mod), module.toString())))
          : new Known.Unread();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GoModException e) {
      throw new AssertionError(e);
    }
  }

  /// Has `go` bring into the oracle's module cache what is not there.
  private static void fill(Iterable<ModuleVersion> goMods, Iterable<ModuleVersion> zips) {
    fetch(goMods, ProxyPath::mod, List.of("list", "-m", "-json"));
    fetch(zips, ProxyPath::zip, List.of("mod", "download"));
  }

  private static void fetch(
      Iterable<ModuleVersion> modules, Function<ModuleVersion, String> file, List<String> command) {
    var arguments = new ArrayList<>(command);
    for (ModuleVersion module : modules) {
      if (!Files.exists(DOWNLOADS.resolve(file.apply(module)))
          || !Files.exists(DOWNLOADS.resolve(ProxyPath.info(module)))) {
        arguments.add(module.toString());
      }
    }
    if (arguments.size() > command.size()) {
      var done = GO.run(outside(), UNPROVEN, 600, arguments);
      assumeTrue(done.exit() == 0, "skipped: go can't fill the module cache: " + done.out());
    }
  }

  /// Where there is no go.mod.
  private static Path outside() {
    try {
      return Files.createDirectories(CACHE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(Path proxy, String... files) {
    for (String file : files) {
      Path to = proxy.resolve(file);
      try {
        if (!Files.exists(to)) {
          Files.createDirectories(Objects.requireNonNull(to.getParent()));
          Files.copy(DOWNLOADS.resolve(file), to);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
