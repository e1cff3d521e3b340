package dev.modgate.watcher.want;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.plan.Closure;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.source.Source.Depth;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CommitPlanTest {
  private static final String GO_MOD = "module m\n\nrequire example.com/a v1.0.0\n";
  private static final String GO_SUM =
      """
      example.com/a v1.0.0 %1$s
      example.com/a v1.0.0/go.mod %1$s
      example.com/b v1.1.0/go.mod %1$s
      example.com/b v1.2.0/go.mod %1$s
      """
          .formatted(HASH);

  private final TreeMap<String, byte[]> files = new TreeMap<>();

  private void file(String path, String text) {
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private Plan plan(Depth depth) {
    return CommitPlan.of(new CommitFiles("c".repeat(40), "refs/heads/main", files), depth);
  }

  private static Want want(Plan plan, String module) {
    return plan.items().stream()
        .filter(item -> item.module().toString().equals(module))
        .findFirst()
        .orElseThrow()
        .want();
  }

  @Test
  void everyFolderWithAGoModCounts() {
    file("go.mod", GO_MOD);
    file("go.sum", GO_SUM);
    file("tools/go.mod", GO_MOD);
    file("tools/go.sum", "example.com/tool v1.0.0 " + HASH + "\n");
    file("go.work", "go 1.25\nuse ./tools\n");
    file("go.work.sum", "example.com/w v1.0.0/go.mod " + HASH + "\n");

    assertThat(plan(Depth.BUILD).items())
        .extracting(item -> item.module() + " " + item.want())
        .containsExactlyInAnyOrder(
            "example.com/a@v1.0.0 ZIP",
            "example.com/b@v1.1.0 MOD",
            "example.com/b@v1.2.0 MOD",
            "example.com/tool@v1.0.0 ZIP",
            "example.com/w@v1.0.0 MOD");
  }

  @Test
  void theDepthSaysHowMuchComesWhole() {
    file("go.mod", GO_MOD);
    file("go.sum", GO_SUM);

    assertThat(want(plan(Depth.BUILD), "example.com/b@v1.2.0")).isEqualTo(Want.MOD);
    assertThat(want(plan(Depth.TESTS), "example.com/b@v1.2.0")).isEqualTo(Want.ZIP);
    assertThat(want(plan(Depth.TESTS), "example.com/b@v1.1.0")).isEqualTo(Want.MOD);
    assertThat(want(plan(Depth.GRAPH), "example.com/b@v1.1.0")).isEqualTo(Want.ZIP);
  }

  @Test
  void twoGoSumsThatDisagreeAreBothHeard() {
    file("one/go.sum", "example.com/a v1.0.0 " + HASH + "\n");
    file("two/go.sum", "example.com/a v1.0.0 " + OTHER + "\n");

    PlanItem item = plan(Depth.BUILD).items().getFirst();

    assertThat(item.claims())
        .extracting(claim -> claim.file() + " " + claim.hash())
        .containsExactly("one/go.sum " + HASH, "two/go.sum " + OTHER);
  }

  @Test
  void aBrokenFileIsNamedAndKeepsNobodyElse() {
    file("go.mod", GO_MOD);
    file("go.sum", GO_SUM);
    file("broken/go.mod", "module m\nrequire (\n");
    file("broken/go.sum", "example.com/x v1.0.0 nothing\n");

    Plan plan = plan(Depth.BUILD);

    assertThat(plan.items()).hasSize(3);
    assertThat(plan.notes())
        .anyMatch(note -> note.startsWith("broken/go.mod:") && note.endsWith("it is left out"))
        .anyMatch(note -> note.startsWith("broken/go.sum:1:") && note.endsWith("it is left out"));
  }

  @Test
  void ofAGoModWithoutAGoSumTheModuleGraphIsWalked() {
    file("c/go.mod", "module example.com/c\n");
    file(
        "go.mod",
        """
        module m

        require (
          example.com/a v1.0.0
          example.com/b v1.0.0
          example.com/c v1.0.0
        )

        replace example.com/b => example.com/fork v1.1.0
        replace example.com/c => ./c
        """);

    Plan plan = plan(Depth.BUILD);

    assertThat(plan.items()).isEmpty();
    assertThat(plan.closures()).hasSize(1);
    Closure closure = plan.closures().getFirst();
    assertThat(closure.work()).isNull();
    assertThat(closure.goMods()).extracting(Closure.File::name).containsExactly("go.mod");
    assertThat(closure.folders()).extracting(Closure.File::name).containsExactly("./c");
    assertThat(plan.notes())
        .anyMatch(note -> note.startsWith("\"go.mod\" has no go.sum beside it"));
  }

  @Test
  void anAgentAsksForWhatSuchAGoModRequiresItself() {
    file(
        "go.mod",
        """
        module m

        require (
          example.com/a v1.0.0
          example.com/b v1.0.0
          example.com/c v1.0.0
        )

        replace example.com/b => example.com/fork v1.1.0
        replace example.com/c => ../c
        """);

    Plan plan = DirectRequirements.of(plan(Depth.BUILD));

    assertThat(plan.closures()).isEmpty();
    assertThat(plan.items())
        .extracting(item -> item.module().toString())
        .containsExactlyInAnyOrder("example.com/a@v1.0.0", "example.com/fork@v1.1.0");
    assertThat(plan.notes()).anyMatch(note -> note.contains("run: go mod tidy"));
  }

  @Test
  void theModulesOfAWorkspaceAreWalkedTogether() {
    file("go.work", "go 1.24\n\nuse (\n\t./a\n\t./tools/b\n)\n\nreplace x => ./x\n");
    file("a/go.mod", "module example.com/a\ngo 1.24\nrequire example.com/y v1.0.0\n");
    file(
        "tools/b/go.mod",
        """
        module example.com/b
        go 1.24
        require example.com/z v1.0.0
        replace example.com/z => ../z
        """);
    file("tools/z/go.mod", "module example.com/z\n");
    file("other/go.mod", "module example.com/other\nrequire example.com/y v1.1.0\n");

    Plan plan = plan(Depth.BUILD);

    assertThat(plan.closures()).hasSize(2);
    Closure workspace = plan.closures().getFirst();
    assertThat(workspace.goMods())
        .extracting(Closure.File::name)
        .containsExactly("./a", "./tools/b");
    assertThat(workspace.folders())
        .extracting(Closure.File::name)
        .containsExactly("./tools/b/../z");
    assertThat(plan.closures().getLast().goMods())
        .extracting(Closure.File::name)
        .containsExactly("other/go.mod");
  }

  @Test
  void aWorkspaceWithItsSumsIsWalkedOnlyWhereThatIsAskedFor() {
    file("go.work", "go 1.24\nuse ./a\nuse ./gone\n");
    file("a/go.mod", GO_MOD);
    file("a/go.sum", GO_SUM);

    assertThat(plan(Depth.BUILD).closures()).isEmpty();
    assertThat(plan(Depth.BUILD).notes())
        .anyMatch(note -> note.equals("\"go.work\" uses \"./gone\", which has no go.mod here"));
    assertThat(
            CommitPlan.of(
                    new CommitFiles("c".repeat(40), "refs/heads/main", files),
                    Depth.BUILD,
                    CommitPlan.Graphs.ALL)
                .closures())
        .hasSize(1);
  }

  @Test
  void whatIsVendoredCanBeTidiedInside() {
    file("go.mod", GO_MOD);
    file("go.sum", GO_SUM);
    file(
        "vendor/modules.txt",
        """
        # example.com/b v1.2.0
        ## explicit; go 1.25
        example.com/b/pkg
        # example.com/c v1.0.0 => ../c
        # example.com/d v1.0.0 => example.com/fork v1.1.0
        """);

    Plan plan = plan(Depth.BUILD);

    assertThat(want(plan, "example.com/b@v1.2.0")).isEqualTo(Want.ZIP);
    assertThat(want(plan, "example.com/fork@v1.1.0")).isEqualTo(Want.ZIP);
    assertThat(plan.items()).hasSize(4);
  }

  @Test
  void aCommitWithoutAnyOfThemSaysSo() {
    assertThat(plan(Depth.BUILD).notes())
        .containsExactly(
            "the commit has no go.mod and no go.work: there is nothing to bring inside");
  }

  @Test
  void privateModulesAreLeftOutAndNamed() {
    file("go.sum", GO_SUM + "git.corp.example/secret v1.0.0 " + HASH + "\n");

    Plan plan = PrivateModules.of("*.corp.example").without(plan(Depth.BUILD));

    assertThat(plan.items()).hasSize(3);
    assertThat(plan.notes())
        .containsExactly("git.corp.example/secret@v1.0.0: private, not requested");
  }

  @Test
  void aGoSumThatCannotBeReadMakesThePlanNoWholeOne() {
    file("go.mod", GO_MOD);
    file("go.sum", GO_SUM);
    assertThat(plan(Depth.BUILD).unread()).isEmpty();

    file("tools/go.sum", "<<<<<<< HEAD\n" + GO_SUM);
    Plan plan = PrivateModules.of("example.com/a").without(plan(Depth.TESTS));

    assertThat(plan.unread().orElseThrow()).startsWith("can't be read: tools/go.sum:1:");
    assertThat(plan.items()).as("private ones go").hasSize(2);
  }

  @Test
  void aGoModThatCannotBeReadCountsWhereNoGoSumSaysWhatItNeeds() {
    file("go.mod", "module m\nrequire (\n");
    file("go.sum", GO_SUM);
    assertThat(plan(Depth.BUILD).unread()).isEmpty();

    files.remove("go.sum");

    assertThat(plan(Depth.BUILD).unread())
        .contains("can't be read: go.mod is broken, and has no go.sum beside it");
  }
}
