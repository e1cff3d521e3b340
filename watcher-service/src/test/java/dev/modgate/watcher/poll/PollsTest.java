package dev.modgate.watcher.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.RefFollower;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What polls find, when they are made, and what webhooks missed.
final class PollsTest extends OnEachDatabase {
  private static final URI API = URI.create("https://git.example.com/pay/api.git");
  private static final String MAIN = "refs/heads/main";
  private static final String A = "a".repeat(40);
  private static final String B = "b".repeat(40);
  private static final String C = "c".repeat(40);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration LEASE = Poller.LEASE;

  private final FakeRefs remote = new FakeRefs();
  private final FakeSources sources = new FakeSources();

  /// The parts of one watcher; another one on the same database knows nothing of it.
  private final class Watcher {
    private final Runs runs = new Runs(watcher.jdbc, () -> {}, watcher.clock);
    private final PollRows rows = new PollRows(watcher.jdbc, watcher.transaction);
    private final Missed missed =
        new Missed(watcher.jdbc, watcher.transaction, GRACE, watcher.clock);
    private final RefPolls.Found found =
        new RefPolls.Found(
            rows,
            missed,
            new Waits(Duration.ofHours(1), () -> 0L),
            RefFollower.NOBODY,
            watcher.clock);
    private final Poller poller =
        new Poller(
            sources,
            new RefPolls(watcher.jdbc, watcher.transaction, remote, runs, found),
            found,
            4);

    private List<PollRows.Claim> claim() {
      var now = watcher.clock.instant();
      return rows.claim(4, now, now.plus(LEASE));
    }

    /// One round of polls.
    private void poll() {
      poller.settle();
      claim().forEach(poller::poll);
    }

    private void webhook(String name, String ref, String commit) {
      Source source = sources.find(name).orElseThrow();
      Repository repository = sources.repositories(source).getFirst();
      watcher.transaction.executeWithoutResult(_ ->
          runs.notice(
              repository,
              FoundBy.WEBHOOK,
              List.of(new Tip(ref, Optional.of(commit))),
              Duration.ZERO));
    }

    /// Of which nothing is to be read.
    private void ping(String name) {
      watcher.jdbc.update(
          "insert into delivery (id, source, verdict, sentence, authentic, event, body_bytes,"
              + " received_at) values (?, ?, 'ignored', '-', true, 'ping', 2, ?)",
          UUID.randomUUID().toString(),
          name,
          ModuleRows.time(watcher.clock.instant()));
    }

    private SourceHealth health(String name) {
      return healths().of(sources.find(name).orElseThrow());
    }
  }

  private SourceHealths healths() {
    var runs = new Runs(watcher.jdbc, () -> {}, watcher.clock);
    return new SourceHealths(
        watcher.jdbc,
        new Deliveries(watcher.jdbc, watcher.transaction, runs, Duration.ZERO, watcher.clock));
  }

  private List<String> noticed() {
    return watcher.jdbc.queryForList(
        "select f.ref || ' ' || f.commit_id from run_ref f join run r on r.id = f.run_id"
            + " where f.found_by = 'poll' order by r.created_at, f.ref",
        String.class);
  }

  private void aReadingEnds() {
    watcher.jdbc.update("update run set state = 'done', waiting_for = null");
  }

  @Test
  void theFirstPollNoticesBranchesAndOnlyRemembersTags() {
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    remote.put("pay/api", "refs/heads/other", B);
    remote.put("pay/api", "refs/tags/v1.0.0", B);

    new Watcher().poll();

    assertThat(noticed()).containsExactly(MAIN + " " + A);
    assertThat(watcher.count("poll_ref")).isEqualTo(2);
  }

  @Test
  void aLaterPollNoticesWhatMovedAndNewTags() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    aReadingEnds();
    remote.put("pay/api", MAIN, B);
    remote.put("pay/api", "refs/tags/v1.0.0", B);
    watcher.clock.advance(FakeSources.INTERVAL);

    one.poll();

    assertThat(noticed()).containsExactly(MAIN + " " + A, MAIN + " " + B, "refs/tags/v1.0.0 " + B);
  }

  @Test
  void nothingIsNoticedWhereNothingMoved() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    watcher.clock.advance(FakeSources.INTERVAL);

    one.poll();

    assertThat(remote.asked()).hasSize(2);
    assertThat(watcher.count("run")).isEqualTo(1);
  }

  @Test
  void aRefThatWentAndCameBackIsNoticedAgain() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    aReadingEnds();
    remote.remove("pay/api", MAIN);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();
    assertThat(watcher.count("poll_ref")).isZero();

    remote.put("pay/api", MAIN, A);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();

    assertThat(noticed()).containsExactly(MAIN + " " + A, MAIN + " " + A);
  }

  @Test
  void aRepositoryIsPolledOnceInItsInterval() {
    var one = new Watcher();
    sources.put("pay", API);
    sources.putWithoutPolls("never", URI.create("https://git.example.com/pay/never.git"));
    one.poll();
    watcher.clock.advance(FakeSources.INTERVAL.minusSeconds(1));
    one.poll();
    assertThat(remote.asked()).containsExactly("pay/api");

    watcher.clock.advance(Duration.ofSeconds(1));
    one.poll();

    assertThat(remote.asked()).containsExactly("pay/api");
  }

  @Test
  void aRestartForgetsNothing() {
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    new Watcher().poll();

    new Watcher().poll();
    assertThat(remote.asked()).containsExactly("pay/api");

    watcher.clock.advance(FakeSources.INTERVAL);
    new Watcher().poll();

    assertThat(remote.asked()).containsExactly("pay/api");
    assertThat(watcher.count("run")).isEqualTo(1);
  }

  @Test
  void twoWatchersShareThePolls() {
    var one = new Watcher();
    var other = new Watcher();
    sources.put("pay", API);
    one.poller.settle();
    other.poller.settle();

    assertThat(one.claim()).hasSize(1);
    assertThat(other.claim()).isEmpty();
  }

  @Test
  void aPollWhoseWatcherDiedIsDoneByAnotherAndTheDeadOneCountsForNothing() {
    var one = new Watcher();
    var other = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poller.settle();
    PollRows.Claim dead = one.claim().getFirst();
    watcher.clock.advance(LEASE);

    other.poll();
    assertThat(noticed()).containsExactly(MAIN + " " + A);
    remote.put("pay/api", MAIN, B);
    one.poller.poll(dead); // it was only slow

    assertThat(noticed()).containsExactly(MAIN + " " + A);
  }

  @Test
  void aPollThatTakesItsTimeIsNotMadeByAnotherToo() {
    var one = new Watcher();
    var two = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poller.settle();
    List<PollRows.Claim> slow = one.claim();

    for (int i = 0; i < 10; i++) {
      watcher.clock.advance(LEASE.dividedBy(2));
      one.rows.renew(slow, watcher.clock.instant().plus(LEASE));
      assertThat(two.claim()).isEmpty();
    }
    slow.forEach(one.poller::poll);
    one.rows.renew(slow, watcher.clock.instant()); // comes too late: it has ended

    assertThat(noticed()).containsExactly(MAIN + " " + A);
    assertThat(two.claim()).isEmpty();
  }

  @Test
  void aPollThatIsLostAtItsCommitIsDoneAgain() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poller.settle();
    PollRows.Claim claim = one.claim().getFirst();
    watcher.crashes.loseNextCommit();
    assertThatThrownBy(() -> one.poller.poll(claim));
    assertThat(noticed()).isEmpty();

    watcher.clock.advance(LEASE);
    one.poll();

    assertThat(noticed()).containsExactly(MAIN + " " + A);
  }

  @Test
  void aSourceThatIsRemovedIsForgotten() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();

    sources.remove("pay");
    one.poll();

    assertThat(watcher.count("poll")).isZero();
    assertThat(watcher.count("poll_ref")).isZero();
  }

  @Test
  void allRepositoriesOfAHostInTroubleWaitTogether() {
    var one = new Watcher();
    sources.put("api", API);
    sources.put("web", URI.create("https://git.example.com/pay/web.git"));
    sources.put("else", URI.create("https://other.example.com/else.git"));
    remote.beAway(true);
    one.poll();
    assertThat(remote.asked()).hasSize(3);

    watcher.clock.advance(Duration.ofSeconds(29));
    one.poll();
    assertThat(remote.asked()).isEmpty();
    watcher.clock.advance(Duration.ofSeconds(1));
    one.poll();
    assertThat(remote.asked()).hasSize(2); // one a host
    watcher.clock.advance(Duration.ofSeconds(59));
    one.poll();
    assertThat(remote.asked()).isEmpty();
    watcher.clock.advance(Duration.ofSeconds(1));
    one.poll();
    assertThat(remote.asked()).hasSize(2);
  }

  @Test
  void aHostThatStaysAwayIsAskedAtLeastOnceInTheLongestWait() {
    var one = new Watcher();
    sources.put("api", API);
    remote.beAway(true);
    for (int i = 0; i < 20; i++) {
      one.poll();
      watcher.clock.advance(Duration.ofHours(1));
    }

    assertThat(remote.asked()).hasSize(20);
  }

  @Test
  void aHostThatIsBackIsPolledAsBefore() {
    var one = new Watcher();
    sources.put("api", API);
    sources.put("web", URI.create("https://git.example.com/pay/web.git"));
    remote.beAway(true);
    one.poll();
    assertThat(one.health("web").state()).isEqualTo(SourceHealth.State.FAILING);
    remote.asked();
    remote.beAway(false);
    watcher.clock.advance(Duration.ofSeconds(30));

    one.poll();
    one.poll();

    assertThat(remote.asked()).containsExactlyInAnyOrder("pay/api", "pay/web");
    assertThat(watcher.count("poll_host")).isZero();
    assertThat(one.health("web").state()).isEqualTo(SourceHealth.State.HEALTHY);
  }

  @Test
  void aRepositoryThatIsRefusedIsAskedHalfAsOftenEachTimeAndItsHostIsNot() {
    var one = new Watcher();
    sources.put("api", API);
    remote.refuse(true);
    one.poll();
    assertThat(watcher.count("poll_host")).isZero();
    assertThat(one.health("api"))
        .extracting(SourceHealth::state, SourceHealth::sentence)
        .containsExactly(SourceHealth.State.FAILING, "it can't be polled: pay/api answers 401");
    remote.asked();

    watcher.clock.advance(FakeSources.INTERVAL.multipliedBy(2).minusSeconds(1));
    one.poll();
    assertThat(remote.asked()).isEmpty();
    watcher.clock.advance(Duration.ofSeconds(1));
    one.poll();
    assertThat(remote.asked()).hasSize(1);
    watcher.clock.advance(FakeSources.INTERVAL.multipliedBy(4).minusSeconds(1));
    one.poll();
    assertThat(remote.asked()).isEmpty();
  }

  @Test
  void whatAWebhookToldOfIsNotNoticedAgain() {
    var one = new Watcher();
    sources.putWithWebhook("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    aReadingEnds();
    one.webhook("pay", MAIN, B);
    remote.put("pay/api", MAIN, B);
    watcher.clock.advance(FakeSources.INTERVAL);

    one.poll();
    watcher.clock.advance(GRACE);
    one.missed.judge();

    assertThat(noticed()).containsExactly(MAIN + " " + A);
    assertThat(one.health("pay").missedByWebhook()).isZero();
  }

  @Test
  void aWebhookThatComesLittleLaterThanThePollIsNotMissed() {
    var one = new Watcher();
    sources.putWithWebhook("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    remote.put("pay/api", MAIN, B);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();
    watcher.clock.advance(Duration.ofSeconds(3));
    one.webhook("pay", MAIN, B);
    watcher.clock.advance(GRACE);

    one.missed.judge();

    assertThat(one.health("pay").missedByWebhook()).isZero();
    assertThat(watcher.count("poll_found")).isZero();
  }

  @Test
  void whatNoWebhookToldOfIsCountedAndShown() {
    var one = new Watcher();
    sources.putWithWebhook("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    remote.put("pay/api", MAIN, B);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();
    var foundAt = watcher.clock.instant();
    watcher.clock.advance(GRACE.minusSeconds(1));
    one.missed.judge();
    assertThat(one.health("pay").missedByWebhook()).isZero();
    watcher.clock.advance(Duration.ofSeconds(1));

    one.missed.judge();
    new Watcher().missed.judge();

    assertThat(one.health("pay"))
        .isEqualTo(
            new SourceHealth(
                SourceHealth.State.SILENT,
                "a poll found \"refs/heads/main\" at "
                    + B
                    + ", no webhook told of it, and none came since",
                null,
                foundAt,
                1,
                new SourceHealth.MissedCommit("pay/api", MAIN, B, foundAt)));
  }

  @Test
  void aSourceWithoutAWebhookMissesNone() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    remote.put("pay/api", MAIN, B);
    watcher.clock.advance(FakeSources.INTERVAL);

    one.poll();

    assertThat(watcher.count("poll_found")).isZero();
  }

  @Test
  void aWebhookThatComesAgainEndsTheSilence() {
    var one = new Watcher();
    sources.putWithWebhook("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    remote.put("pay/api", MAIN, B);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();
    watcher.clock.advance(GRACE);
    one.missed.judge();
    aReadingEnds();

    one.ping("pay");

    assertThat(one.health("pay").state()).isEqualTo(SourceHealth.State.HEALTHY);
    assertThat(one.health("pay").lastEvent()).isEqualTo(watcher.clock.instant());
    assertThat(one.health("pay").missedByWebhook()).isEqualTo(1);
  }

  @Test
  void nobodyKnowsTheHealthOfASourceThatThereIsNot() {
    var controller = new HealthController(sources, healths());
    sources.put("pay", API);

    assertThat(controller.health("pay").sentence()).isEqualTo("nothing was heard of it yet");
    assertThatThrownBy(() -> controller.health("other")).hasMessage("there is no source \"other\"");
  }

  @Test
  void aDeliveryThatComesLateDoesNotMakeANewerPushVanish() {
    var one = new Watcher();
    sources.putWithWebhook("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    aReadingEnds();
    one.webhook("pay", MAIN, B);
    remote.put("pay/api", MAIN, B);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();

    one.webhook("pay", MAIN, A);

    assertThat(
            watcher.jdbc.queryForList(
                "select f.found_by from run_ref f join run r on r.id = f.run_id"
                    + " where r.state = 'waiting' and f.commit_id is null",
                String.class))
        .as("what main names is read")
        .containsExactly("webhook");
  }

  @Test
  void whatARefNamesIsKnownWhileARunWaitsForItAndNotOnceItIsRead() {
    var one = new Watcher();
    sources.putWithWebhook("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    aReadingEnds();
    one.webhook("pay", MAIN, A);
    one.webhook("pay", MAIN, B);
    remote.put("pay/api", MAIN, B);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();
    assertThat(noticed()).containsExactly(MAIN + " " + A);

    watcher.jdbc.update(
        "update run set state = 'running', waiting_for = null where state = 'waiting'");
    remote.put("pay/api", MAIN, C);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();

    assertThat(noticed()).containsExactly(MAIN + " " + A, MAIN + " " + C);
  }

  @Test
  void aRepositoryThatLeftIsNotPolledAndGoesOnWhereItWasWhenItComesBack() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    one.poll();
    aReadingEnds();
    remote.asked();
    sources.leave("pay");
    watcher.clock.advance(FakeSources.INTERVAL.multipliedBy(2));
    one.poll();
    assertThat(remote.asked()).isEmpty();
    assertThat(watcher.count("poll_ref")).isEqualTo(1);
    remote.put("pay/api", "refs/tags/v1.0.0", B);

    sources.comeBack("pay");
    one.poll();

    assertThat(noticed()).containsExactly(MAIN + " " + A, "refs/tags/v1.0.0 " + B);
  }

  @Test
  void anotherPatternOfTagsBringsInNoHistory() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.put("pay/api", MAIN, A);
    remote.put("pay/api", "refs/tags/release-1", B);
    one.poll();
    aReadingEnds();
    sources.wantTags("v*", "release-*");
    sources.put("pay", API);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();
    assertThat(noticed()).containsExactly(MAIN + " " + A);

    remote.put("pay/api", "refs/tags/release-2", B);
    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();

    assertThat(noticed()).containsExactly(MAIN + " " + A, "refs/tags/release-2 " + B);
  }

  @Test
  void aShorterIntervalCountsAtOnce() {
    var one = new Watcher();
    sources.putEvery("pay", API, Duration.ofDays(1));
    one.poll();
    remote.asked();
    sources.put("pay", API);
    one.poll();
    assertThat(remote.asked()).isEmpty();

    watcher.clock.advance(FakeSources.INTERVAL);
    one.poll();

    assertThat(remote.asked()).hasSize(1);
  }

  @Test
  void aPollInWhichTheWatcherStopsIsNoFailure() {
    var one = new Watcher();
    sources.put("pay", API);
    remote.hang();
    one.poller.settle();
    assertThat(one.poller.begin()).isEqualTo(1);

    one.poller.close();

    assertThat(one.health("pay").state()).isNotEqualTo(SourceHealth.State.FAILING);
    assertThat(one.claim()).isEmpty();
    watcher.clock.advance(LEASE);
    assertThat(one.claim()).hasSize(1);
  }
}
