package dev.modgate.gomod.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GraphWalkTest {
  @Test
  void aProgramWithoutRequirementsIsCompleteAtOnce() {
    ModuleGraph graph = new Modules().walk("go 1.25.0\ntoolchain go1.25.3\n");

    assertThat(graph.buildList()).containsExactly(new Node("main.test/m", ""));
    assertThat(graph.edges().map(ModuleGraph.Edge::toString))
        .containsExactly(
            "main.test/m go@1.25.0",
            "main.test/m toolchain@go1.25.3",
            "go@1.25.0 toolchain@go1.25.0");
    assertThat(graph.go()).isEqualTo("1.25.0");
    assertThat(graph.toolchain()).contains("go1.25.3");
    assertThat(graph.zips()).isEmpty();
  }

  @Test
  void whatAPrunedModuleRequiresIsSelectedButNotRead() {
    var modules = new Modules().with("a.test/a@v1.0.0", "go 1.17\nrequire b.test/b v1.0.0\n");

    ModuleGraph graph = modules.walk("go 1.17\nrequire a.test/a v1.0.0\n");

    assertThat(graph.loaded()).containsExactly(ModuleVersion.parse("a.test/a@v1.0.0"));
    assertThat(graph.zips().stream().map(ModuleVersion::toString))
        .containsExactly("a.test/a@v1.0.0", "b.test/b@v1.0.0");
  }

  @Test
  void anOldModulesRequirementsAreReadToTheLeaves() {
    var modules =
        new Modules()
            .with("a.test/a@v1.0.0", "go 1.16\nrequire b.test/b v1.0.0\n")
            .with("b.test/b@v1.0.0", "go 1.20\nrequire c.test/c v1.0.0\n")
            .with("c.test/c@v1.0.0", "go 1.20\n");

    ModuleGraph graph = modules.walk("go 1.20\nrequire a.test/a v1.0.0\n");

    assertThat(names(graph)).containsExactly("a.test/a", "b.test/b", "c.test/c");
    assertThat(graph.loaded()).hasSize(3);
  }

  private static List<String> names(ModuleGraph graph) {
    return graph.buildList().stream().skip(1).map(Node::path).toList();
  }

  @Test
  void everythingIsReadForAnOldMainModule() {
    var modules =
        new Modules()
            .with("a.test/a@v1.0.0", "go 1.20\nrequire b.test/b v1.0.0\n")
            .with("b.test/b@v1.0.0", "go 1.20\nrequire c.test/c v1.0.0\n")
            .with("c.test/c@v1.0.0", "go 1.20\n");

    ModuleGraph graph = modules.walk("go 1.16\nrequire a.test/a v1.0.0\n");

    assertThat(names(graph)).containsExactly("a.test/a", "b.test/b", "c.test/c");
    assertThat(graph.loaded()).hasSize(3);
  }

  @Test
  void aWholeLevelIsAskedForInOneStep() {
    var modules =
        new Modules()
            .with("a.test/a@v1.0.0", "go 1.16\nrequire c.test/c v1.0.0\n")
            .with("b.test/b@v1.0.0", "go 1.16\nrequire d.test/d v1.0.0\n")
            .with("c.test/c@v1.0.0", "")
            .with("d.test/d@v1.0.0", "");

    modules.walk("go 1.20\nrequire a.test/a v1.0.0\nrequire b.test/b v1.0.0\n");

    assertThat(modules.asked).extracting(Set::size).containsExactly(2, 2);
  }

  @Test
  void whatIsUnreadDoesNotHoldUpTheRest() {
    var roots = GraphRoots.of(Modules.main("require a.test/a v1.0.0\nrequire b.test/b v1.0.0\n"));
    var b = new Requirements(Optional.empty(), Optional.empty(), List.of(node("c.test/c")));

    Outcome outcome =
        GraphWalk.walk(
            roots,
            GraphDepth.BUILD,
            GraphLimits.DEFAULT,
            m -> m.path().value().equals("b.test/b") ? new Known.Read(b) : new Known.Unread());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Needs.class,
            needs -> {
              assertThat(needs.goMods().stream().map(m -> m.path().value()))
                  .containsExactly("a.test/a", "c.test/c");
              assertThat(needs.read()).isEqualTo(1);
              assertThat(needs.atLeast()).isEqualTo(3);
            });
  }

  private static Node node(String path) {
    return new Node(path, "v1.0.0");
  }

  @Test
  void aRootIsRaisedToTheSelectedVersionAndReadThere() {
    var modules =
        new Modules()
            .with("a.test/a@v1.0.0", "go 1.20\nrequire b.test/b v1.1.0\n")
            .with("b.test/b@v1.0.0", "go 1.20\n")
            .with("b.test/b@v1.1.0", "go 1.20\nrequire c.test/c v1.0.0\n");

    ModuleGraph graph = modules.walk("go 1.20\nrequire a.test/a v1.0.0\nrequire b.test/b v1.0.0\n");

    assertThat(graph.buildList()).contains(new Node("b.test/b", "v1.1.0"), node("c.test/c"));
    assertThat(graph.edges().map(ModuleGraph.Edge::toString))
        .contains("main.test/m b.test/b@v1.1.0")
        .doesNotContain("main.test/m b.test/b@v1.0.0");
    assertThat(graph.loaded()).contains(ModuleVersion.parse("b.test/b@v1.0.0"));
  }

  @Test
  void aCycleComesToAnEnd() {
    var modules =
        new Modules()
            .with("a.test/a@v1.0.0", "require b.test/b v1.0.0\nrequire main.test/m v1.0.0\n")
            .with("b.test/b@v1.0.0", "require a.test/a v1.0.0\n")
            .with("main.test/m@v1.0.0", "require a.test/a v1.0.0\n");

    ModuleGraph graph = modules.walk("require a.test/a v1.0.0\n");

    assertThat(names(graph)).containsExactly("a.test/a", "b.test/b");
    assertThat(graph.zips()).hasSize(2);
  }

  @Test
  void aReplacementsRequirementsStandUnderTheOldName() {
    var modules = new Modules().with("fork.test/a@v1.9.0", "go 1.20\nrequire b.test/b v1.0.0\n");

    ModuleGraph graph =
        modules.walk("go 1.20\nrequire nowhere v0.0.0\nreplace nowhere => fork.test/a v1.9.0\n");

    assertThat(graph.edges().map(ModuleGraph.Edge::toString))
        .contains("nowhere@v0.0.0 b.test/b@v1.0.0");
    assertThat(graph.zips().stream().map(ModuleVersion::toString))
        .containsExactly("b.test/b@v1.0.0", "fork.test/a@v1.9.0");
    assertThat(graph.problems()).isEmpty();
  }

  @Test
  void aReplacementThatDeclaresAnotherPathIsAProblem() {
    var roots =
        GraphRoots.of(
            Modules.main("require a.test/a v1.0.0\nreplace a.test/a => b.test/b v1.0.0\n"));
    var other = new Requirements(Optional.of("c.test/c"), Optional.empty(), List.of());

    Outcome outcome =
        GraphWalk.walk(roots, GraphDepth.BUILD, GraphLimits.DEFAULT, m -> new Known.Read(other));

    assertThat(((Outcome.Complete) outcome).graph().problems())
        .extracting(ModuleGraph.Problem::toString)
        .containsExactly(
            "a.test/a@v1.0.0: its go.mod declares the path \"c.test/c\", but it was required as"
                + " \"a.test/a\" (required by main.test/m)");
  }

  @Test
  void aFolderIsNotDownloadedAndSaidSo() {
    ModuleGraph graph = new Modules().walk("require a.test/a v1.0.0\nreplace a.test/a => ../a\n");

    assertThat(graph.zips()).isEmpty();
    assertThat(graph.notes())
        .containsExactly(
            "a.test/a@v1.0.0 is replaced by the folder \"../a\", for which nothing is downloaded;"
                + " its go.mod is not known, so what it requires is missing here");
  }

  @Test
  void aFoldersRequirementsCountWhereTheyAreKnown() {
    GraphRoots roots =
        GraphRoots.of(Modules.main("require a.test/a v1.0.0\nreplace a.test/a => ../a\n"))
            .withFolders(folder ->
                Optional.of(Requirements.of(Modules.read("module x\nrequire b.test/b v1.0.0\n"))));

    ModuleGraph graph = new Modules().with("b.test/b@v1.0.0", "").walk(roots, GraphDepth.BUILD);

    assertThat(graph.zips()).containsExactly(ModuleVersion.parse("b.test/b@v1.0.0"));
  }

  @Test
  void whatIsExcludedCountsNowhere() {
    var modules = new Modules().with("a.test/a@v1.0.0", "require b.test/b v1.0.0\n");

    ModuleGraph graph = modules.walk("require a.test/a v1.0.0\nexclude b.test/b v1.0.0\n");

    assertThat(names(graph)).containsExactly("a.test/a");
    assertThat(graph.notes()).containsExactly("b.test/b@v1.0.0 is excluded");
  }

  @Test
  void whatNobodyHasIsNamedWithAShortestChain() {
    var modules =
        new Modules()
            .with("a.test/a@v1.0.0", "require b.test/b v1.0.0\n")
            .with("b.test/b@v1.0.0", "require gone.test/g v1.0.0\nrequire c.test/c v1.0.0\n")
            .with("c.test/c@v1.0.0", "require gone.test/g v1.0.0\n")
            .without("gone.test/g@v1.0.0", "not found");

    ModuleGraph graph = modules.walk("require a.test/a v1.0.0\n");

    assertThat(graph.problems())
        .extracting(ModuleGraph.Problem::toString)
        .containsExactly(
            "gone.test/g@v1.0.0: not found (required by main.test/m → a.test/a@v1.0.0 →"
                + " b.test/b@v1.0.0)");
    assertThat(names(graph)).contains("c.test/c", "gone.test/g");
    assertThat(graph.zips()).hasSize(3);
  }

  @Test
  void aVersionThatIsNoneIsAProblemUnlessItIsReplaced() {
    ModuleGraph graph = new Modules().walk("require a.test/a master\n");

    assertThat(graph.problems())
        .extracting(ModuleGraph.Problem::sentence)
        .containsExactly("\"a.test/a@master\" is nothing that a proxy serves");
  }

  @Test
  void tooManyNodesEndTheWalk() {
    String requires =
        IntStream.range(0, 20)
            .mapToObj(i -> "require a.test/a" + i + " v1.0.0\n")
            .collect(Collectors.joining());

    Outcome outcome =
        GraphWalk.walk(
            GraphRoots.of(Modules.main(requires)),
            GraphDepth.BUILD,
            new GraphLimits(10, 1000),
            m -> new Known.Unread());

    assertThat(outcome)
        .isEqualTo(
            new Outcome.TooLarge(
                "the module graph has more than 10 module versions, the most that are walked"));
  }

  @Test
  void forTidyTheSelectedModulesAreReadToo() {
    var modules =
        new Modules()
            .with("a.test/a@v1.0.0", "go 1.20\nrequire b.test/b v1.0.0\n")
            .with("b.test/b@v1.0.0", "go 1.20\nrequire c.test/c v1.0.0\n");
    var roots = GraphRoots.of(List.of(ModuleVersion.parse("a.test/a@v1.0.0")));

    ModuleGraph graph = modules.walk(roots, GraphDepth.TIDY);

    assertThat(names(graph)).containsExactly("a.test/a", "b.test/b");
    assertThat(graph.loaded().stream().map(m -> m.path().value()))
        .containsExactly("a.test/a", "b.test/b");
    assertThat(graph.zips().stream().map(m -> m.path().value()))
        .containsExactly("a.test/a", "b.test/b", "c.test/c");
  }
}
