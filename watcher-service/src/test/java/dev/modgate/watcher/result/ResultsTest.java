package dev.modgate.watcher.result;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.OTHER;
import static dev.modgate.watcher.database.Answers.deferred;
import static dev.modgate.watcher.database.Answers.fetched;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.Answers.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.database.WatcherParts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResultsTest extends OnEachDatabase {
  private static final String MODULE = "example.com/a@v1.0.0";
  private static final String RIGHT = "example.com/a v1.0.0 " + HASH;
  private static final String WRONG = "example.com/a v1.0.0 " + OTHER;

  @Test
  void aSyncIsDoneWhenAllIsPublished() {
    String sync = watcher.sync("test", RIGHT, "example.com/b v1.0.0/go.mod " + HASH);
    ModuleRequested a = watcher.requests().getFirst();
    ModuleRequested b = watcher.requests().getLast();

    watcher.answer(fetched(a), published(a, HASH));
    assertThat(watcher.view(sync).state()).isEqualTo("running");
    watcher.answer(published(b, HASH));

    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.view(sync).finishedAt()).isEqualTo(watcher.clock.instant());
    assertThat(watcher.count("outbox")).isZero();
  }

  @Test
  void whatIsAppliedAgainChangesNothing() {
    String sync = watcher.sync("test", RIGHT);
    ModuleRequested request = watcher.request();

    watcher.answer(published(request, HASH));
    watcher.answer(fetched(request), published(request, HASH));

    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(row().state()).isEqualTo(ModuleState.INSIDE);
  }

  @Test
  void aLateDeferralDoesNotTakeBackWhatIsPublished() {
    String sync = watcher.sync("test", RIGHT);
    ModuleRequested request = watcher.request();

    watcher.answer(published(request, HASH));
    watcher.answer(deferred(request, DeferReason.UPSTREAM_FAILED));

    assertThat(row().state()).isEqualTo(ModuleState.INSIDE);
    assertThat(watcher.view(sync).state()).isEqualTo("done");
  }

  @Test
  void severalAnswersAboutOneModuleInOneBatchBuildOnEachOther() {
    watcher.sync("test", RIGHT);
    ModuleRequested request = watcher.request();

    watcher.answer(
        fetched(request),
        deferred(request, DeferReason.UPSTREAM_FAILED),
        deferred(request, DeferReason.UPSTREAM_FAILED),
        published(request, HASH),
        deferred(request, DeferReason.UPSTREAM_FAILED));

    assertThat(row().state()).isEqualTo(ModuleState.INSIDE);
    assertThat(row().deferrals()).isEqualTo(1);
    assertThat(watcher.module(MODULE).timeline()).hasSize(6);
  }

  @Test
  void aWrongLineFailsItsSyncAlone() {
    String wrong = watcher.sync("wrong", WRONG);
    String right = watcher.sync("right", RIGHT);

    watcher.answer(published(watcher.request(), HASH));

    assertThat(watcher.view(wrong).state()).isEqualTo("failed");
    assertThat(watcher.item(wrong).reason()).isEqualTo("claim-mismatch");
    assertThat(watcher.view(right).state()).isEqualTo("done");
    assertThat(row().state()).isEqualTo(ModuleState.INSIDE);
  }

  @Test
  void aMismatchIsAskedAgainWithTheClaimsThatCameLater() {
    String first = watcher.sync("first", WRONG);
    ModuleRequested carriedOne = watcher.request();
    watcher.clock.advance(Duration.ofSeconds(1));
    String second = watcher.sync("second", RIGHT);

    watcher.answer(
        rejected(carriedOne, RejectReason.CLAIM_MISMATCH),
        rejected(carriedOne, RejectReason.CLAIM_MISMATCH)); // delivered twice

    ModuleRequested both = watcher.request();
    assertThat(watcher.count("outbox")).isEqualTo(1);
    assertThat(both.request().attempt()).isEqualTo(2);
    assertThat(both.originCount()).isEqualTo(2);
    assertThat(both.origins()).extracting(Origin::sync).containsExactly(first, second);
    assertThat(watcher.view(second).settled()).isFalse();
    assertThat(watcher.module(MODULE).timeline())
        .extracting(one -> one.event() + " " + one.attempt())
        .containsExactly("requested 1", "rejected 1", "requested 2", "rejected 1");
  }

  @Test
  void theAnswerToAnAttemptThatARestoredDatabaseDoesNotKnowIsAskedAgainAfterIt() {
    watcher.sync("first", WRONG);
    ModuleRequested first = watcher.request();
    String second = watcher.sync("second", RIGHT);
    var third =
        new ModuleRequested(
            new RequestId(first.request().id(), 3),
            first.module(),
            first.want(),
            first.origins(),
            1);

    watcher.answer(rejected(third, RejectReason.CLAIM_MISMATCH));

    assertThat(watcher.request().request().attempt()).isEqualTo(4);
    assertThat(row().request().attempt()).isEqualTo(4);
    watcher.answer(published(watcher.request(), HASH));
    assertThat(watcher.view(second).state()).isEqualTo("done");
  }

  @Test
  void claimsThatDisagreeEndBothSyncsAndAreNotAskedAgain() {
    String first = watcher.sync("first", WRONG);
    String second = watcher.sync("second", RIGHT);
    watcher.answer(rejected(watcher.request(), RejectReason.CLAIM_MISMATCH));

    watcher.answer(rejected(watcher.request(), RejectReason.CLAIMS_DISAGREE));

    assertThat(watcher.count("outbox")).isZero();
    assertThat(watcher.item(first).reason()).isEqualTo("claims-disagree");
    assertThat(watcher.view(first).state()).isEqualTo("failed");
    assertThat(watcher.view(second).state()).isEqualTo("failed");
  }

  @Test
  void whatNobodyVouchedForIsAskedAgainWhenALineCameLater() {
    watcher.syncByName("no claim", MODULE);
    ModuleRequested carriedNone = watcher.request();
    String vouches = watcher.sync("vouches", RIGHT);

    watcher.answer(rejected(carriedNone, RejectReason.UNVERIFIABLE));

    assertThat(watcher.request().origins().getFirst().sync()).isEqualTo(vouches);
    assertThat(row().state()).isEqualTo(ModuleState.REQUESTED);
  }

  @Test
  void aMismatchOfTheOnlyClaimIsFinal() {
    String sync = watcher.sync("only", WRONG);

    watcher.answer(rejected(watcher.request(), RejectReason.CLAIM_MISMATCH));

    assertThat(watcher.count("outbox")).isZero();
    assertThat(watcher.view(sync).state()).isEqualTo("failed");
  }

  @Test
  void whatTheCatalogDoesNotKnowIsWrittenDown() {
    watcher.sync("elsewhere", RIGHT);
    ModuleRequested request = watcher.request();
    watcher.jdbc.update("delete from module");

    watcher.answer(deferred(request, DeferReason.UPSTREAM_FAILED));
    watcher.answer(published(request, HASH));

    assertThat(row().state()).isEqualTo(ModuleState.INSIDE);
  }

  @Test
  void whatIsDamagedInsideIsAskedForAgainThoughNobodyWaits() {
    String sync = watcher.sync("test", RIGHT);
    ModuleRequested request = watcher.request();
    watcher.answer(published(request, HASH));

    watcher.answer(damaged(request));
    ModuleRequested again = watcher.request();

    assertThat(again.module()).isEqualTo(request.module());
    assertThat(again.request().attempt()).isEqualTo(2);
    assertThat(row().state()).isEqualTo(ModuleState.REQUESTED);
    watcher.answer(damaged(request), published(again, HASH));
    assertThat(row().state()).isEqualTo(ModuleState.INSIDE);
    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.count("outbox")).isZero();
  }

  @Test
  void whatIsDamagedAndUnknownIsAskedForSoon() {
    watcher.sync("elsewhere", RIGHT);
    ModuleRequested request = watcher.request();
    watcher.jdbc.update("delete from module");

    watcher.answer(damaged(request));

    assertThat(row().state()).isEqualTo(ModuleState.DEFERRED);
  }

  private ModuleDeferred damaged(ModuleRequested request) {
    return new ModuleDeferred(
        new RequestId("scrub-1", 1),
        request.module(),
        request.want(),
        dev.modgate.pipeline.event.StageName.PUBLISH,
        DeferReason.DAMAGED,
        "its zip has other bytes",
        watcher.clock.instant());
  }

  @Test
  void answersOfACrashedTransactionAreAppliedTheNextTime() {
    String sync = watcher.sync("test", RIGHT);
    ModuleRequested request = watcher.request();
    watcher.crashes.loseNextCommit();

    assertThatThrownBy(() -> watcher.answer(published(request, HASH)))
        .isInstanceOf(Crashes.CrashException.class);
    assertThat(watcher.view(sync).state()).isEqualTo("running");
    watcher.answer(published(request, HASH));

    assertThat(watcher.view(sync).state()).isEqualTo("done");
    assertThat(watcher.module(MODULE).timeline()).hasSize(2);
  }

  @Test
  void aNulInASentenceIsNoObstacle() {
    String sync = watcher.sync("test", RIGHT);
    ModuleRequested request = watcher.request();

    watcher.answer(
        new ModuleDeferred(
            request.request(),
            request.module(),
            request.want(),
            dev.modgate.pipeline.event.StageName.FETCH,
            DeferReason.UPSTREAM_BAD_ANSWER,
            "the upstream said \0",
            watcher.clock.instant()));

    assertThat(watcher.item(sync).sentence()).isEqualTo("the upstream said �");
    assertThat(watcher.item(sync).nextTry())
        .isEqualTo(watcher.clock.instant().plus(WatcherParts.FIRST_WAIT));
  }

  private ModuleRow row() {
    return watcher.rows(MODULE).values().iterator().next();
  }
}
