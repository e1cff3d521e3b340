package dev.modgate.watcher.result;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.OTHER;
import static dev.modgate.watcher.database.Answers.deferred;
import static dev.modgate.watcher.database.Answers.fetched;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.WatcherParts.FIRST_WAIT;
import static dev.modgate.watcher.database.WatcherParts.GIVE_UP_AFTER;
import static dev.modgate.watcher.database.WatcherParts.SECOND_WAIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetriesTest extends OnEachDatabase {
  private static final String RIGHT = "example.com/a v1.0.0 " + HASH;
  private static final String WRONG = "example.com/a v1.0.0 " + OTHER;

  private Retries retries;

  @BeforeEach
  void set() {
    retries =
        new Retries(
            watcher.jdbc,
            watcher.transaction,
            watcher.modules,
            watcher.claims,
            watcher.outbox,
            watcher.timeline,
            watcher.clock);
  }

  @AfterEach
  void close() {
    retries.close();
  }

  @Test
  void whatIsDeferredIsAskedAgainAfterEachWaitInTurn() {
    watcher.sync("test", RIGHT);

    for (Duration wait : new Duration[] {FIRST_WAIT, SECOND_WAIT, SECOND_WAIT}) {
      ModuleRequested request = watcher.request();
      watcher.answer(deferred(request, DeferReason.UPSTREAM_FAILED));
      watcher.clock.advance(wait.minusMillis(1));
      assertThat(retries.askAgain()).isZero();

      watcher.clock.advance(Duration.ofMillis(1));

      assertThat(retries.askAgain()).isEqualTo(1);
      assertThat(watcher.request().request().id()).isEqualTo(request.request().id());
      assertThat(watcher.request().request().attempt()).isEqualTo(request.request().attempt() + 1);
      assertThat(retries.askAgain()).as("asked once").isZero();
    }
    assertThat(watcher.count("outbox")).isEqualTo(1);
    assertThat(watcher.module("example.com/a@v1.0.0").timeline())
        .extracting(one -> one.event() + " " + one.attempt())
        .containsExactly(
            "requested 1",
            "deferred 1",
            "requested 2",
            "deferred 2",
            "requested 3",
            "deferred 3",
            "requested 4");
  }

  @Test
  void aNewSyncAsksAtOnceAndStartsTheWaitsAnew() {
    watcher.sync("first", RIGHT);
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    watcher.clock.advance(FIRST_WAIT);
    retries.askAgain();
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));

    watcher.sync("second", RIGHT);
    assertThat(watcher.request().request().attempt()).isEqualTo(3);
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    watcher.clock.advance(FIRST_WAIT);

    assertThat(retries.askAgain()).isEqualTo(1);
  }

  @Test
  void theNextRequestCarriesTheClaimsOfAllThatWait() {
    String first = watcher.sync("first", RIGHT);
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    watcher.clock.advance(Duration.ofSeconds(1));
    String second = watcher.sync("second", WRONG);

    assertThat(watcher.request().origins()).extracting(Origin::sync).containsExactly(first, second);
    assertThat(watcher.request().originCount()).isEqualTo(2);

    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    watcher.clock.advance(FIRST_WAIT);
    retries.askAgain();

    assertThat(watcher.request().origins()).hasSize(2);
    assertThat(watcher.request().originCount()).isEqualTo(2);
  }

  @Test
  void theAnswerToAnEarlierAttemptDoesNotStopTheLaterOne() {
    String sync = watcher.sync("test", RIGHT);
    ModuleRequested first = watcher.request();
    watcher.answer(deferred(first, DeferReason.UPSTREAM_FAILED));
    watcher.clock.advance(FIRST_WAIT);
    retries.askAgain();

    watcher.answer(deferred(first, DeferReason.UPSTREAM_FAILED)); // delivered again

    assertThat(watcher.view(sync).settled()).isFalse();
    assertThat(watcher.request().request().attempt()).isEqualTo(2);
  }

  @Test
  void nothingIsAskedWhereNoLaterTryHelps() {
    String sync = watcher.sync("test", RIGHT);
    watcher.answer(deferred(watcher.request(), DeferReason.NOT_FOUND));
    watcher.clock.advance(Duration.ofDays(400));

    assertThat(retries.askAgain()).isZero();
    assertThat(watcher.view(sync).state()).isEqualTo("failed");
  }

  @Test
  void whatIsPutOffForTooLongIsGivenUpAndItsSyncFailsUntilANewOneAsks() {
    String sync = watcher.sync("test", RIGHT);
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    watcher.clock.advance(GIVE_UP_AFTER.minusSeconds(1));
    retries.askAgain();
    ModuleRequested second = watcher.request();
    watcher.answer(
        fetched(second), deferred(second, DeferReason.SUMDB_FAILED)); // not at the fetcher
    assertThat(watcher.item(sync).state()).isEqualTo("deferred");
    watcher.clock.advance(SECOND_WAIT);
    retries.askAgain();

    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));

    assertThat(watcher.item(sync).state()).isEqualTo("given-up");
    assertThat(watcher.item(sync).sentence())
        .startsWith("given up after")
        .contains("example.com/a@v1.0.0: not now");
    assertThat(watcher.view(sync).state()).isEqualTo("failed");
    watcher.clock.advance(Duration.ofDays(400));
    assertThat(retries.askAgain()).isZero();
    String next = watcher.sync("again", RIGHT);
    assertThat(watcher.item(next).state()).isEqualTo("requested");
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    assertThat(watcher.item(next).state()).as("counted anew").isEqualTo("deferred");
  }

  @Test
  void whatNoSyncWantsAnyMoreIsNotAskedForAgain() {
    String sync = watcher.sync("test", RIGHT);
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    watcher.jdbc.update("delete from claim");
    watcher.jdbc.update("delete from sync_item where sync_id = ?", sync); // as a walk replaces it
    watcher.clock.advance(FIRST_WAIT);

    assertThat(retries.askAgain()).isZero();

    assertThat(watcher.module("example.com/a@v1.0.0").wants().getFirst().state())
        .isEqualTo("withdrawn");
  }

  @Test
  void whatWasInsideOnceIsMendedThoughNoSyncWaits() {
    String sync = watcher.sync("test", RIGHT);
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    watcher.jdbc.update("update module set go_mod_hash = ?", HASH.value());
    watcher.jdbc.update("delete from sync_item where sync_id = ?", sync);
    watcher.clock.advance(FIRST_WAIT);

    assertThat(retries.askAgain()).isEqualTo(1);
  }

  @Test
  void aCrashAtTheCommitAsksTheNextTime() {
    String sync = watcher.sync("test", RIGHT);
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));
    watcher.clock.advance(FIRST_WAIT);
    watcher.crashes.loseNextCommit();

    assertThatThrownBy(retries::askAgain).isInstanceOf(Crashes.CrashException.class);
    assertThat(watcher.count("outbox")).isZero();
    assertThat(retries.askAgain()).isEqualTo(1);
    watcher.answer(published(watcher.request(), HASH));

    assertThat(watcher.view(sync).state()).isEqualTo("done");
  }
}
