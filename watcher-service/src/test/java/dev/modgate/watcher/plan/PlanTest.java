package dev.modgate.watcher.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Want;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final H1 A = H1.of(new byte[32]);
  private static final H1 B =
      H1.of("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb".getBytes(StandardCharsets.UTF_8));

  @Test
  void aZipLineWantsTheZipWithBothClaims() throws Exception {
    Plan plan = plan("example.com/m v1.0.0 " + A + "\nexample.com/m v1.0.0/go.mod " + B + "\n");

    assertThat(plan.items()).hasSize(1);
    assertThat(plan.items().getFirst().want()).isEqualTo(Want.ZIP);
    assertThat(plan.items().getFirst().claims()).hasSize(2);
  }

  @Test
  void aGoModLineAloneWantsTheGoMod() throws Exception {
    Plan plan = plan("example.com/m v1.0.0/go.mod " + B + "\n");

    assertThat(plan.items().getFirst().want()).isEqualTo(Want.MOD);
  }

  @Test
  void aModuleByNameTurnsAGoModWantIntoAZipWant() throws Exception {
    var sum = goSum("example.com/m v1.0.0/go.mod " + B + "\n");
    var named = List.of(ModuleVersion.parse("example.com/m@v1.0.0"));

    Plan plan = Plan.of(Optional.of(sum), "go.sum", Optional.empty(), named);

    assertThat(plan.items()).extracting(PlanItem::want).containsExactly(Want.ZIP);
  }

  @Test
  void aContradictionNamesTheLineAndBothHashes() throws Exception {
    PlanItem item = plan("example.com/m v1.0.0 " + A + "\n").items().getFirst();

    assertThat(item.contradiction(B, null).orElseThrow())
        .contains("example.com/m@v1.0.0", "go.sum:1", A.value(), B.value());
    assertThat(item.contradiction(A, null)).isEmpty();
  }

  @Test
  void notesDoNotRepeatEscapeSequences() throws Exception {
    String goMod =
        """
        require "example.com/\u001b[2Jm" "v1.0.0\u001b[2J"
        replace "example.com/\u001b[2Jn" => "../n\u001b[2J"
        """;

    Plan plan =
        Plan.of(
            Optional.empty(),
            "go.sum",
            Optional.of(GoMod.parse(goMod.getBytes(StandardCharsets.UTF_8), "go.mod")),
            List.of());

    assertThat(plan.notes())
        .containsExactly(
            "\"example.com/\\u001b[2Jn\" is replaced by the folder \"../n\\u001b[2J\","
                + " which is not synced",
            "require \"example.com/\\u001b[2Jm\" \"v1.0.0\\u001b[2J\" has no line in go.sum;"
                + " run: go mod tidy");
  }

  @Test
  void notesAreBoundedHoweverLongThePathsAre() throws Exception {
    String path = "a\u001b".repeat(2_000);
    var goMod = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      goMod.append("replace \"%s%d\" => \"../%s\"\n".formatted(path, i, path));
      goMod.append("require \"%s%d\" \"v1.0.0%s\"\n".formatted(path, 100 + i, path));
    }

    Plan plan =
        Plan.of(
            Optional.empty(),
            "go.sum",
            Optional.of(GoMod.parse(goMod.toString().getBytes(StandardCharsets.UTF_8), "go.mod")),
            List.of());

    assertThat(String.join("\n", plan.notes())).hasSizeLessThan(100_000); // the column's length
  }

  private static Plan plan(String text) throws Exception {
    return Plan.of(Optional.of(goSum(text)), "go.sum", Optional.empty(), List.of());
  }

  private static GoSum goSum(String text) throws Exception {
    return GoSum.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "go.sum");
  }
}
