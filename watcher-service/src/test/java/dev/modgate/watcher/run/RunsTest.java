package dev.modgate.watcher.run;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.commit.SyncSink;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.ledger.Ledger;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.source.DeclaredSources;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.SourceDeclaration;
import dev.modgate.watcher.source.SourceRows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.json.JsonMapper;

class RunsTest extends OnEachDatabase {
  private static final String MAIN = "refs/heads/main";
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);
  private static final Duration LEASE = RunWorker.LEASE;

  private final FakeReader reader = new FakeReader();
  private Repository repository;
  private DeclaredSources sources;
  private CommitsSeen seen;
  private Runs runs;
  private RunRows rows;
  private Reading reading;

  @BeforeEach
  void prepare() {
    var declaration =
        JsonMapper.shared()
            .readValue(
                "{\"git\":\"https://github.com/pay/api\",\"webhook\":false}",
                SourceDeclaration.class);
    sources =
        new DeclaredSources(
            Map.of("payments", declaration),
            java.nio.file.Path.of("secrets"),
            new SourceRows(watcher.jdbc),
            watcher.transaction,
            watcher.clock);
    repository = sources.repositories(sources.all().getFirst()).getFirst();
    seen = new CommitsSeen(watcher.jdbc);
    runs = new Runs(watcher.jdbc, () -> {}, watcher.clock);
    rows = new RunRows(watcher.jdbc, watcher.transaction);
    reading =
        new Reading(
            sources,
            reader,
            new SyncSink(
                watcher.syncs,
                seen,
                new Ledger(watcher.jdbc, watcher.transaction, sources, watcher.clock),
                PrivateModules.NONE,
                watcher.clock),
            seen,
            rows);
  }

  private Runs.Noticed notice(FoundBy by, String ref, Optional<String> commit) {
    return java.util.Objects.requireNonNull(
        watcher.transaction.execute(
            _ -> runs.notice(repository, by, List.of(new Tip(ref, commit)), Duration.ZERO)));
  }

  private void push(String commit, String module) {
    reader.push(MAIN, commit, Map.of("go.sum", module + " " + HASH + "\n"));
  }

  private List<RunRows.Leased> lease() {
    return rows.lease(10, watcher.clock.instant(), LEASE);
  }

  private void readAll() {
    for (RunRows.Leased run : lease()) {
      switch (reading.read(run)) {
        case Reading.Outcome.Done(var sentence) ->
            rows.end(run, "done", sentence, watcher.clock.instant());
        case Reading.Outcome.Failed(var sentence) ->
            rows.end(run, "failed", sentence, watcher.clock.instant());
        case Reading.Outcome.Later(var sentence) ->
            rows.later(run, sentence, watcher.clock.instant().plusSeconds(5));
      }
    }
  }

  @Test
  void aPushBecomesASyncOfWhatItsCommitNeeds() {
    push(ONE, "example.com/a v1.0.0");

    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    readAll();

    CommitsSeen.Seen commit = seen.find("payments", "pay/api", ONE).orElseThrow();
    assertThat(commit.foundBy()).isEqualTo("webhook");
    assertThat(watcher.view(String.valueOf(commit.sync())).label())
        .isEqualTo("payments pay/api@111111111111");
    assertThat(watcher.request().module()).hasToString("example.com/a@v1.0.0");
  }

  @Test
  void whatIsNoticedWhileARunWaitsIsReadByIt() {
    push(ONE, "example.com/a v1.0.0");
    push(TWO, "example.com/b v1.0.0");

    Runs.Noticed first = notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    Runs.Noticed second = notice(FoundBy.WEBHOOK, MAIN, Optional.of(TWO));
    readAll();

    assertThat(second).isEqualTo(new Runs.Noticed(first.run(), true));
    assertThat(seen.of("payments", Optional.empty(), Optional.empty(), 10))
        .extracting(CommitsSeen.Seen::commit)
        .containsExactly(TWO);
  }

  @Test
  void whatIsNoticedWhileARunIsReadBeginsAnother() {
    Runs.Noticed first = notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    lease();

    Runs.Noticed second = notice(FoundBy.WEBHOOK, MAIN, Optional.of(TWO));

    assertThat(second.coalesced()).isFalse();
    assertThat(second.run()).isNotEqualTo(first.run());
  }

  @Test
  void oneCommitIsOneSyncHoweverManyFindIt() {
    push(ONE, "example.com/a v1.0.0");

    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    readAll();
    notice(FoundBy.POLL, "refs/tags/v1", Optional.of(ONE));
    readAll();
    notice(FoundBy.PERSON, MAIN, Optional.empty());
    readAll();

    assertThat(watcher.count("sync")).isEqualTo(1);
    assertThat(watcher.count("commit_seen")).isEqualTo(1);
    assertThat(reader.reads).hasValue(2); // the poll's commit was known
  }

  @Test
  void aHostThatIsAwayIsAskedAgainLater() {
    push(ONE, "example.com/a v1.0.0");
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));

    reader.away(true);
    readAll();
    assertThat(lease()).isEmpty();
    reader.away(false);
    watcher.clock.advance(Duration.ofSeconds(6));
    readAll();

    assertThat(watcher.count("sync")).isEqualTo(1);
  }

  @Test
  void aRunWhoseWorkerWasKilledIsTakenAgainAfterItsLease() {
    push(ONE, "example.com/a v1.0.0");
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    RunRows.Leased killed = lease().getFirst();

    assertThat(lease()).isEmpty();
    watcher.clock.advance(LEASE.plusSeconds(1));
    RunRows.Leased again = lease().getFirst();
    rows.end(killed, "failed", "too late", watcher.clock.instant()); // it is not its run any more

    assertThat(again.id()).isEqualTo(killed.id());
    assertThat(again.attempt()).isEqualTo(2);
    reading.read(again);
    assertThat(watcher.count("sync")).isEqualTo(1);
  }

  @Test
  void aRunThatIsStillReadIsNotTakenByAnotherHoweverLongItTakes() {
    push(ONE, "example.com/a v1.0.0");
    reader.hold();
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));

    try (var worker = new RunWorker(rows, reading, watcher.clock, 4)) {
      worker.leaseSome();
      for (int i = 0; i < 10; i++) {
        watcher.clock.advance(LEASE.dividedBy(2));
        worker.renewSome();
        assertThat(lease()).isEmpty();
      }
      reader.letGo();
      await().until(() -> watcher.count("sync") == 1);
    }

    assertThat(watcher.jdbc.queryForList("select state from run", String.class))
        .containsExactly("done");
  }

  @Test
  void aCrashBeforeTheCommitOfTheSyncLeavesTheRunAsItWas() {
    push(ONE, "example.com/a v1.0.0");
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    RunRows.Leased run = lease().getFirst();

    watcher.crashes.loseNextCommit();
    assertThat(reading.read(run))
        .isEqualTo(new Reading.Outcome.Later(MAIN + ": unexpected: CrashException"));
    assertThat(watcher.count("commit_seen")).isZero();
    reading.read(run);

    assertThat(watcher.count("sync")).isEqualTo(1);
    assertThat(watcher.count("commit_seen")).isEqualTo(1);
  }

  @Test
  void aBranchThatWasDeletedMeanwhileEndsTheRun() {
    notice(FoundBy.WEBHOOK, MAIN, Optional.empty());
    readAll();

    assertThat(watcher.jdbc.queryForObject("select state from run", String.class))
        .isEqualTo("done");
    assertThat(watcher.jdbc.queryForObject("select sentence from run_ref", String.class))
        .isEqualTo("there is no refs/heads/main any more");
  }

  @Test
  void aPushThatIsToldOfLateDoesNotTakeThePlaceOfANewerOne() {
    push(ONE, "example.com/a v1.0.0");
    push(TWO, "example.com/b v1.0.0");

    notice(FoundBy.WEBHOOK, MAIN, Optional.of(TWO));
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    readAll();

    assertThat(seen.of("payments", Optional.empty(), Optional.empty(), 10))
        .extracting(CommitsSeen.Seen::commit)
        .containsExactly(TWO);
  }

  @Test
  void whatTwoNoticeIsOfAPersonOrElseOfAWebhook() {
    push(ONE, "example.com/a v1.0.0");

    notice(FoundBy.POLL, MAIN, Optional.of(ONE));
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    notice(FoundBy.POLL, MAIN, Optional.of(ONE));
    assertThat(refs()).containsExactly(MAIN + " webhook " + ONE);
    notice(FoundBy.PERSON, MAIN, Optional.of(ONE));
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));

    assertThat(refs()).containsExactly(MAIN + " person " + ONE);
  }

  private List<String> refs() {
    return watcher.jdbc.queryForList(
        "select ref || ' ' || found_by || ' ' || commit_id from run_ref", String.class);
  }

  @Test
  void aRefThatBreaksKeepsNoOtherOne() {
    push(ONE, "example.com/a v1.0.0");
    push(TWO, "example.com/b v1.0.0");
    notice(FoundBy.WEBHOOK, "refs/heads/broken", Optional.of(ONE));
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(TWO));
    WantSink sink =
        (commit, _) -> {
          if (commit.id().equals(ONE)) {
            throw new DataIntegrityViolationException("too long");
          }
          return "taken";
        };

    var outcome = new Reading(sources, reader, sink, seen, rows).read(lease().getFirst());

    assertThat(outcome)
        .isEqualTo(new Reading.Outcome.Later("refs/heads/broken: the database did not take it"));
    assertThat(
            watcher.jdbc.queryForList(
                "select ref from run_ref where sentence = 'taken'", String.class))
        .containsExactly(MAIN);
  }

  @Test
  void aPersonAsksAgainForWhatWasRejected() {
    push(ONE, "example.com/a v1.0.0");
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    readAll();
    watcher.answer(rejected(watcher.request(), RejectReason.BAD_ZIP));
    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    readAll();
    assertThat(watcher.count("sync")).isEqualTo(1);

    notice(FoundBy.PERSON, MAIN, Optional.of(ONE));
    readAll();
    notice(FoundBy.PERSON, MAIN, Optional.empty());
    readAll();

    assertThat(watcher.request().request().attempt()).isEqualTo(2);
    assertThat(watcher.count("sync")).as("the second one still runs").isEqualTo(2);
    String sync = String.valueOf(seen.find("payments", "pay/api", ONE).orElseThrow().sync());
    assertThat(watcher.view(sync).state()).isEqualTo("running");
  }

  @Test
  void aCommitWhoseGoSumCannotBeReadIsSeenAsSuch() {
    push(ONE, "<<<<<<< HEAD\nexample.com/a v1.0.0");

    notice(FoundBy.WEBHOOK, MAIN, Optional.of(ONE));
    readAll();

    assertThat(watcher.jdbc.queryForObject("select unread from commit_seen", String.class))
        .startsWith("can't be read: go.sum:1:");
  }
}
