package dev.modgate.watcher.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.stage.DependencyStatus;
import dev.modgate.pipeline.stage.DependencyStatus.Health;
import dev.modgate.pipeline.stage.StageStatus;
import dev.modgate.pipeline.stage.StageStatus.Pause;
import dev.modgate.pipeline.stage.StageStatus.State;
import dev.modgate.watcher.status.StageStatuses.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StageLookTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private State state = State.RUNNING;
  private List<Pause> pauses = List.of();
  private List<DependencyStatus> dependencies = List.of();

  @Test
  void allIsWell() {
    assertThat(judge(heard(Duration.ZERO)))
        .containsExactly(Finding.ok("modgate.fetcher host-1", "running, 2 in flight, 7 done"));
  }

  @Test
  void aStageOfWhichNobodyIsHeardIsNamed() {
    var old = new Heard(status(), NOW.minusSeconds(61), Optional.empty());

    List<Finding> findings = StageLook.judge(List.of(old), NOW);

    assertThat(findings).extracting(Finding::name).contains("stage fetch", "stage publish");
    assertThat(findings.getFirst().sentence()).contains("said anything for 60 s");
    assertThat(findings.getFirst().remedy()).contains("why it does not reach kafka");
  }

  @Test
  void aPauseSaysSinceWhenAndWhatToDo() {
    state = State.PAUSED;
    pauses = List.of(new Pause("zone store is full", NOW.minusSeconds(90), NOW.plusSeconds(5)));

    assertThat(judge(heard(Duration.ZERO)))
        .containsExactly(
            Finding.problem(
                "modgate.fetcher host-1",
                "pauses since 2026-01-01T11:58:30Z: zone store is full",
                "put right what the reason names; it tries again by itself at"
                    + " 2026-01-01T12:00:05Z"));
  }

  @Test
  void aPauseThatOnlyAPersonCanEndSaysSo() {
    state = State.FAILED;
    pauses = List.of(new Pause("unknown event version", NOW, null));

    assertThat(judge(heard(Duration.ZERO)).getFirst())
        .satisfies(
            finding -> assertThat(finding.sentence()).startsWith("failed since "),
            finding -> assertThat(finding.remedy()).startsWith("it does not go on by itself"));
  }

  @Test
  void aClockThatIsFarOffIsFoundAlsoWhereItLooksLikeSilence() {
    List<Finding> findings = judge(heard(Duration.ofMinutes(-5)));

    assertThat(findings)
        .contains(
            Finding.problem(
                "modgate.fetcher host-1",
                "its clock is 300 s behind the watcher's",
                ClockSkew.REMEDY));
    assertThat(judge(heard(Duration.ofSeconds(9)))).allMatch(Finding::isOk);
  }

  @Test
  void whatIsDownIsAProblemAndSoIsAStoreWithLittleRoom() {
    dependencies =
        List.of(
            dependency("https://proxy.example", Health.DOWN, "its breaker is open"),
            dependency("direct", Health.DEGRADED, "is left out"),
            dependency("blob store", Health.DEGRADED, "0.2 GB free"),
            dependency("sum.golang.org", Health.UP, ""));

    assertThat(judge(heard(Duration.ZERO)).stream().skip(1).toList())
        .extracting(Finding::name, Finding::state)
        .containsExactly(
            tuple("modgate.fetcher host-1: https://proxy.example", "problem"),
            tuple("modgate.fetcher host-1: direct", "ok"),
            tuple("modgate.fetcher host-1: blob store", "problem"),
            tuple("modgate.fetcher host-1: sum.golang.org", "ok"));
  }

  private static DependencyStatus dependency(String name, Health health, String sentence) {
    return new DependencyStatus(name, health, sentence, NOW);
  }

  /// Without the other stages, of which nobody is heard.
  private static List<Finding> judge(Heard heard) {
    var findings = new ArrayList<>(StageLook.judge(List.of(heard), NOW));
    findings.removeIf(finding -> finding.name().startsWith("stage "));
    return findings;
  }

  private Heard heard(Duration ahead) {
    return new Heard(status(), NOW.minusSeconds(1), Optional.of(ahead));
  }

  private StageStatus status() {
    @Nullable Instant oldest = null;
    return new StageStatus(
        StageName.FETCH,
        "modgate.fetcher",
        "host-1",
        NOW,
        state,
        NOW,
        pauses,
        8,
        2,
        0,
        7,
        0,
        0,
        oldest,
        dependencies);
  }
}
