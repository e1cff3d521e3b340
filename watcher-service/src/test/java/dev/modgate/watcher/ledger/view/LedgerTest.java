package dev.modgate.watcher.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.commit.SyncSink;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.ledger.Ledger;
import dev.modgate.watcher.plan.Closure;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.retention.Purges;
import dev.modgate.watcher.retention.RetentionRule;
import dev.modgate.watcher.retention.WatcherRules;
import dev.modgate.watcher.run.CommitsSeen;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.WantSink;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest extends OnEachDatabase {
  private static final String MAIN = "refs/heads/main";
  private static final String TEXT_1 = "golang.org/x/text@v0.1.0";
  private static final String TEXT_2 = "golang.org/x/text@v0.2.0";
  private static final String NET = "golang.org/x/net@v0.1.0";
  private static final Duration DAY = Duration.ofDays(1);

  private final TestSources sources = new TestSources();
  private Ledger ledger;
  private SyncSink sink;
  private LedgerViews views;
  private LedgerRepositories repositories;

  @BeforeEach
  void prepare() {
    sources.put("pay", "payments", Map.of("tier", "1"), "pay/api");
    ledger = new Ledger(watcher.jdbc, watcher.transaction, sources, watcher.clock);
    var seen = new CommitsSeen(watcher.jdbc);
    sink = new SyncSink(watcher.syncs, seen, ledger, PrivateModules.NONE, watcher.clock);
    views = new LedgerViews(watcher.jdbc);
    repositories = new LedgerRepositories(watcher.jdbc, sources, watcher.clock);
  }

  private void push(String ref, String commit, String... modules) {
    push("pay", "pay/api", ref, commit, plan(modules));
  }

  private void push(String source, String repository, String ref, String commit, Plan plan) {
    var taken =
        new WantSink.Commit(
            sources.get(source, repository), commit.repeat(40), ref, FoundBy.POLL, null);
    sink.take(taken, plan);
    watcher.clock.advance(DAY);
  }

  private static Plan plan(String... modules) {
    return new Plan(
        Arrays.stream(modules)
            .map(module -> new PlanItem(ModuleVersion.parse(module), Want.ZIP, List.of()))
            .toList(),
        List.of());
  }

  private List<Use> uses(LedgerFilter filter) {
    repositories.settle();
    return views.page(filter, null, 1_000).uses();
  }

  private List<String> inUse() {
    return uses(new LedgerFilter().inUse()).stream()
        .map(use -> use.module() + "@" + use.version())
        .toList();
  }

  private Use use(String module) {
    return uses(new LedgerFilter().module(module)).getFirst();
  }

  @Test
  void whatTheNewestCommitDoesNotNeedStaysButIsNotInUse() {
    var begin = watcher.clock.instant();
    push(MAIN, "a", TEXT_1, NET);
    push(MAIN, "b", TEXT_2, NET);

    assertThat(inUse()).containsExactly(NET, TEXT_2);
    Use old = use(TEXT_1);
    assertThat(old.inUse()).isFalse();
    assertThat(old.first()).isEqualTo(new Use.Seen(MAIN, "a".repeat(40), begin));
    assertThat(old.last()).isEqualTo(new Use.Seen(MAIN, "a".repeat(40), begin));
    Use net = use(NET);
    assertThat(net.first().commit()).isEqualTo("a".repeat(40));
    assertThat(net.last()).isEqualTo(new Use.Seen(MAIN, "b".repeat(40), begin.plus(DAY)));
    assertThat(net.owner()).isEqualTo("payments");
  }

  @Test
  void anUnchangedListIsNotWrittenAgain() {
    push(MAIN, "a", TEXT_1, NET);
    push("refs/heads/feature", "b", TEXT_1, NET);
    push(MAIN, "c", TEXT_1, NET);

    assertThat(watcher.count("ledger_use")).isEqualTo(2);
    assertThat(watcher.count("ledger_need")).isEqualTo(2);
    assertThat(use(NET).lines()).isEqualTo(2);
    assertThat(use(NET).last().commit()).isEqualTo("c".repeat(40));
  }

  @Test
  void whatOneBranchNeedsIsInUseUntilTheBranchGoes() {
    push(MAIN, "a", TEXT_1);
    push("refs/heads/next", "b", TEXT_2);
    assertThat(inUse()).containsExactly(TEXT_1, TEXT_2);

    sink.gone(sources.get("pay", "pay/api"), List.of("refs/heads/next"));

    assertThat(inUse()).containsExactly(TEXT_1);
    assertThat(use(TEXT_2).last().ref()).isEqualTo("refs/heads/next");
  }

  @Test
  void aBranchThatMovesToACommitSeenBeforeNeedsWhatThatNeeds() {
    push(MAIN, "a", TEXT_1);
    push("refs/heads/next", "b", TEXT_2);

    push(MAIN, "b", TEXT_2);
    sink.gone(sources.get("pay", "pay/api"), List.of("refs/heads/next"));

    assertThat(inUse()).containsExactly(TEXT_2);
    assertThat(use(TEXT_2).lines()).isEqualTo(1);
  }

  @Test
  void theHighestTagOfAFolderIsInUseAndAPullRequestNever() {
    push("refs/tags/v1.1.0", "a", TEXT_2);
    push("refs/tags/v1.0.1", "b", TEXT_1);
    push("refs/tags/sub/v0.1.0", "c", NET);
    push("refs/pull/1/head", "d", "example.com/proposed@v1.0.0");

    assertThat(inUse()).containsExactly(NET, TEXT_2);
    assertThat(use("example.com/proposed").last().ref()).isEqualTo("refs/pull/1/head");
    assertThat(use(TEXT_1).inUse()).isFalse();
  }

  @Test
  void aCommitThatCantBeReadWholeTakesNothingOutOfUse() {
    push(MAIN, "a", TEXT_1, NET);
    var broken = new Plan(plan(TEXT_2).items(), List.of(), Optional.of("go.sum is broken"));

    push("pay", "pay/api", MAIN, "b", broken);

    assertThat(inUse()).containsExactly(NET, TEXT_1);
    assertThat(use(TEXT_2).inUse()).isFalse();
  }

  @Test
  void aLineGoesToACommitWhenItsModuleGraphIsWalked() {
    push(MAIN, "a", NET);
    var closure = new Closure(null, List.of(new Closure.File("go.mod", "module m\n")), List.of());
    var growing = new Plan(plan(TEXT_1).items(), List.of(), Optional.empty(), List.of(closure));
    push("pay", "pay/api", MAIN, "b", growing);
    assertThat(inUse()).containsExactly(NET);

    watcher.jdbc.update("update walk set ended_at = ?", ModuleRows.time(watcher.clock.instant()));
    ledger.grown(watcher.jdbc.queryForList("select sync_id from walk", String.class).getFirst());

    assertThat(inUse()).containsExactly(TEXT_1);
    assertThat(watcher.count("ledger_growing")).isZero();
  }

  @Test
  void aLineThatWentOnDoesNotGoBackToWhatGrew() {
    var closure = new Closure(null, List.of(new Closure.File("go.mod", "module m\n")), List.of());
    push(MAIN, "a", NET);
    push(
        "pay",
        "pay/api",
        MAIN,
        "b",
        new Plan(plan(TEXT_1).items(), List.of(), Optional.empty(), List.of(closure)));
    push(MAIN, "c", TEXT_2);

    watcher.jdbc.update("update walk set ended_at = ?", ModuleRows.time(watcher.clock.instant()));
    ledger.grown(watcher.jdbc.queryForList("select sync_id from walk", String.class).getFirst());

    assertThat(inUse()).containsExactly(TEXT_2);
  }

  @Test
  void aRemovedSourceUsesNothingAndAllOfItWhenItComesBack() {
    push(MAIN, "a", TEXT_1);
    assertThat(inUse()).hasSize(1);

    sources.remove("pay");
    watcher.clock.advance(DAY);
    assertThat(inUse()).isEmpty();
    assertThat(use(TEXT_1).owner()).isEqualTo("payments");

    sources.put("pay", "others", Map.of(), "pay/api");
    watcher.clock.advance(DAY);
    assertThat(inUse()).containsExactly(TEXT_1);
    assertThat(use(TEXT_1).owner()).isEqualTo("others");
  }

  @Test
  void aRepositoryThatIsRenamedInItsGroupIsUnderItsNewName() {
    push(MAIN, "a", TEXT_1);
    sources.rename("pay", "pay/api", "pay/gate");
    push("pay", "pay/gate", MAIN, "a", plan(TEXT_1));

    assertThat(uses(new LedgerFilter().inUse()))
        .extracting(Use::repository)
        .containsExactly("pay/gate");
    assertThat(uses(new LedgerFilter())).hasSize(2);
  }

  @Test
  void whoAskedFirstIsKeptWhenTheSyncIsPurgedAndSoIsWhoUsesIt() {
    watcher.syncByName("alice", TEXT_1);
    push(MAIN, "a", TEXT_1);
    watcher.requests().forEach(request -> watcher.answer(Answers.published(request, Answers.HASH)));
    push(MAIN, "b", TEXT_1);
    List<Use> before = uses(new LedgerFilter());
    watcher.clock.advance(Duration.ofDays(4_000));

    for (RetentionRule rule : WatcherRules.all(watcher)) {
      Purges.purge(watcher, rule);
    }

    assertThat(watcher.count("sync")).isEqualTo(1);
    assertThat(uses(new LedgerFilter())).isEqualTo(before);
    assertThat(before.getFirst().state()).isEqualTo("inside");
    Use.@Nullable BroughtIn broughtIn = before.getFirst().broughtIn();
    assertThat(broughtIn).isNotNull().extracting(Use.BroughtIn::label).isEqualTo("alice");
  }

  @Test
  void whatSomebodySyncsByHandIsAUseOfNobody() {
    watcher.syncByName("alice", TEXT_1);

    assertThat(uses(new LedgerFilter())).isEmpty();
  }

  @Test
  void aCrashAtTheCommitLeavesNoHalfOfIt() {
    watcher.crashes.loseNextCommit();
    try {
      push(MAIN, "a", TEXT_1);
    } catch (RuntimeException e) {
      assertThat(watcher.count("ledger_repository")).isZero();
    }

    push(MAIN, "a", TEXT_1);

    assertThat(inUse()).containsExactly(TEXT_1);
  }
}
