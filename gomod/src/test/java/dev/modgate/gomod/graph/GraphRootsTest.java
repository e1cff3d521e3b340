package dev.modgate.gomod.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoModException;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.module.ModuleVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GraphRootsTest {
  @Test
  void refusesAGoModWithoutAModule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphRoots.of(Modules.read("go 1.25.0\n")))
        .withMessage("go.mod has no module directive");
  }

  @Test
  void refusesTwoReplacementsOfOneVersion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            GraphRoots.of(Modules.main("replace a.test/a => ../a\nreplace a.test/a => ../b\n")))
        .withMessage("\"a.test/a\" is replaced by \"../a\" and by \"../b\"");
  }

  @Test
  void aWorkspaceNeedsTheGoModOfEachFolder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphRoots.of(work("use ./a\n"), Map.of()))
        .withMessage("go.work uses the folder \"./a\", which has no go.mod");
  }

  @Test
  void aWorkspaceCannotBeOlderThanItsModules() {
    Map<String, GoMod> members = Map.of("./a", Modules.main("go 1.25.0\n"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphRoots.of(work("go 1.24\nuse ./a\n"), members))
        .withMessage(
            "module \"main.test/m\" wants go 1.25.0, but the go.work that uses it has go 1.24");
  }

  @Test
  void aWorkspaceCannotReplaceItsOwnModules() {
    Map<String, GoMod> members = Map.of("./a", Modules.main("go 1.16\n"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphRoots.of(work("use ./a\nreplace main.test/m => ../x\n"), members))
        .withMessageContaining("go.work replaces every version of \"main.test/m\"");
  }

  @Test
  void theModulesOfAWorkspaceAreWalkedTogether() {
    Map<String, GoMod> members =
        Map.of(
            "./a",
                Modules.read("module w.test/a\nrequire w.test/b v0.0.0\nrequire c.test/c v1.0.0\n"),
            "./b", Modules.read("module w.test/b\nexclude d.test/d v1.0.0\n"));
    GraphRoots roots =
        GraphRoots.of(work("use ./a\nuse ./b\nreplace w.test/b v0.0.0 => ./b\n"), members);
    var modules = new Modules().with("c.test/c@v1.0.0", "require d.test/d v1.0.0\n");

    ModuleGraph graph = modules.walk(roots, GraphDepth.BUILD);

    assertThat(graph.buildList())
        .extracting(Node::toString)
        .containsExactly("w.test/a", "w.test/b", "c.test/c@v1.0.0");
    assertThat(graph.zips()).containsExactly(ModuleVersion.parse("c.test/c@v1.0.0"));
  }

  @Test
  void foldersOfAMemberAreSeenFromTheGoWork() {
    Map<String, GoMod> members =
        Map.of("./x/a", Modules.main("require b.test/b v1.0.0\nreplace b.test/b => ../b\n"));

    ModuleGraph graph =
        new Modules().walk(GraphRoots.of(work("use ./x/a\n"), members), GraphDepth.BUILD);

    assertThat(graph.notes()).singleElement().asString().contains("the folder \"x/b\"");
  }

  private static GoWork work(String text) {
    try {
      return GoWork.parse(text.getBytes(StandardCharsets.UTF_8), "go.work");
    } catch (GoModException e) {
      throw new AssertionError(e);
    }
  }
}
