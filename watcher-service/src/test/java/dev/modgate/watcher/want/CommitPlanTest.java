package dev.modgate.watcher.want;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.Want;
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
  void aGoModWithoutAGoSumWantsWhatItRequiresItself() {
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

    Plan plan = plan(Depth.BUILD);

    assertThat(plan.items())
        .extracting(item -> item.module().toString())
        .containsExactlyInAnyOrder("example.com/a@v1.0.0", "example.com/fork@v1.1.0");
    assertThat(plan.notes())
        .anyMatch(note -> note.startsWith("\"go.mod\" has no go.sum beside it"));
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
