package dev.modgate.watcher.agent;

import static dev.modgate.watcher.database.Answers.HASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.database.WatcherParts;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.run.CommitsSeen;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.WantSink;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.wantlist.TestAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentSinkTest extends OnEachDatabase {
  private static final Repository REPOSITORY =
      new Repository("payments", "pay/api", GitUrl.parse("https://git.corp.example/pay/api.git"));
  private static final Plan PLAN =
      WatcherParts.plan(
          "golang.org/x/text v0.14.0 " + HASH,
          "golang.org/x/text v0.14.0/go.mod " + HASH,
          "rsc.io/quote v1.5.2/go.mod " + HASH);

  private final List<String> told = new ArrayList<>();
  private AgentOut out;
  private AgentSink sink;

  @BeforeEach
  void assemble() {
    out = new AgentOut(watcher.jdbc, TestAgent.KEY, watcher.clock);
    sink =
        new AgentSink(
            new CommitsSeen(watcher.jdbc),
            watcher.transaction,
            out,
            PrivateModules.of("*.corp.example"),
            (repositories, status) -> told.add(repositories + " " + status.state()),
            () -> {},
            watcher.clock);
  }

  private static WantSink.Commit commit(String id) {
    return new WantSink.Commit(REPOSITORY, id, "refs/heads/main", FoundBy.WEBHOOK, "a-run");
  }

  @Test
  void aCommitBecomesOneListThatHoldsNothingBesides() {
    sink.take(commit(TestAgent.COMMIT), PLAN);
    String again = sink.take(commit(TestAgent.COMMIT), PLAN);

    assertThat(again).startsWith("seen before: 2 modules are needed: want list 1767225600000");
    assertThat(watcher.count("agent_out")).isEqualTo(1);
    String list = out.due(0).orElseThrow().content();
    assertThat(list.lines())
        .startsWith(
            "modgate want list 1",
            "agent inner-1",
            "number 1767225600000",
            "created 2026-01-01T00:00:00Z",
            "source payments",
            "commit " + TestAgent.COMMIT,
            "lines 3")
        .endsWith(
            "",
            "golang.org/x/text v0.14.0 " + HASH,
            "golang.org/x/text v0.14.0/go.mod " + HASH,
            "rsc.io/quote v1.5.2/go.mod " + HASH)
        .hasSize(14);
    assertThat(told).isEmpty();
  }

  @Test
  void privateNamesStayHere() {
    Plan plan =
        WatcherParts.plan("rsc.io/quote v1.5.2 " + HASH, "git.corp.example/secret v1.0.0 " + HASH);

    String sentence = sink.take(commit(TestAgent.COMMIT), plan);

    assertThat(sentence).contains("git.corp.example/secret@v1.0.0: private, not requested");
    assertThat(out.due(0).orElseThrow().content()).contains("rsc.io/quote").doesNotContain("corp");
  }

  @Test
  void whatNeedsNothingIsSentNowhereAndSucceeds() {
    Plan plan = WatcherParts.plan("git.corp.example/secret v1.0.0 " + HASH);

    sink.take(commit(TestAgent.COMMIT), plan);

    assertThat(watcher.count("agent_out")).isZero();
    assertThat(told).containsExactly("[pay/api] SUCCESS");
    assertThat(watcher.count("commit_seen")).isEqualTo(1);
  }

  @Test
  void moreLinesThanAListMayHaveFailTheCommit() {
    List<PlanItem> items =
        IntStream.rangeClosed(0, 100_000)
            .mapToObj(i ->
                new PlanItem(
                    ModuleVersion.parse("example.com/m" + i + "@v1.0.0"), Want.MOD, List.of()))
            .toList();

    String sentence = sink.take(commit(TestAgent.COMMIT), new Plan(items, List.of()));

    assertThat(sentence)
        .isEqualTo("it needs 100001 lines of a want list, at most 100000 are taken");
    assertThat(told).containsExactly("[pay/api] FAILURE");
  }

  @Test
  void aCrashBeforeTheCommitLeavesNothing() {
    watcher.crashes.loseNextCommit();

    assertThatThrownBy(() -> sink.take(commit(TestAgent.COMMIT), PLAN))
        .isInstanceOf(Crashes.CrashException.class);

    assertThat(watcher.count("agent_out") + watcher.count("commit_seen")).isZero();
  }

  @Test
  void numbersRiseThoughTheClockStandsStillAndManyComeAtOnce() throws Exception {
    var tasks = new ArrayList<Callable<String>>();
    for (int i = 0; i < 6; i++) {
      var commit = commit(TestAgent.COMMIT.substring(1) + i);
      tasks.add(() -> sink.take(commit, PLAN));
    }

    try (var threads = Executors.newFixedThreadPool(3)) {
      for (var taken : threads.invokeAll(tasks)) {
        taken.get();
      }
    }
    assertThat(
            watcher.jdbc.queryForList("select number from agent_out order by number", Long.class))
        .containsExactlyElementsOf(
            IntStream.range(0, 6).mapToObj(i -> 1767225600000L + i).toList());
  }

  @Test
  void aPersonHasASecondListSent() {
    sink.take(commit(TestAgent.COMMIT), PLAN);

    String again =
        sink.take(
            new WantSink.Commit(
                REPOSITORY, TestAgent.COMMIT, "refs/heads/main", FoundBy.PERSON, "a-run"),
            PLAN);

    assertThat(again).isEqualTo("2 modules are needed: want list 1767225600001");
    assertThat(watcher.count("agent_out")).isEqualTo(2);
    assertThat(watcher.jdbc.queryForList("select sentence from commit_seen", String.class))
        .containsExactly(again);
  }

  @Test
  void whatCannotBeReadFailsTheCommitThoughNothingIsSent() {
    sink.take(
        commit(TestAgent.COMMIT),
        new Plan(List.of(), List.of(), Optional.of("can't be read: go.sum:1: broken")));

    assertThat(told).containsExactly("[pay/api] FAILURE");
  }
}
