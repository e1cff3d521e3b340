package dev.modgate.watcher.sync;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.deferred;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.Answers.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncChangesTest extends OnEachDatabase {
  private static final String A = "example.com/a v1.0.0 " + HASH;
  private static final String B = "example.com/b v1.0.0 " + HASH;

  @Test
  void whatACancelledSyncAloneWaitedForIsNotSent() {
    String sync = watcher.sync("mine", A, B);
    watcher.sync("theirs", B);

    assertThat(watcher.changes.cancel(sync)).isEqualTo(SyncChanges.Outcome.CHANGED);

    assertThat(watcher.requests())
        .extracting(request -> request.module().toString())
        .containsExactly("example.com/b@v1.0.0");
    assertThat(watcher.view(sync).state()).isEqualTo("cancelled");
    assertThat(watcher.view(sync).counts())
        .containsEntry("withdrawn", 1L)
        .containsEntry("requested", 1L);
  }

  @Test
  void whatIsOnItsWayComesInsideAllTheSame() {
    String sync = watcher.sync("mine", A);
    ModuleRequested request = watcher.request();
    watcher.jdbc.update("update outbox set sent_at = ?", ModuleRows.time(Instant.EPOCH));

    watcher.changes.cancel(sync);
    watcher.answer(published(request, HASH));

    assertThat(watcher.view(sync).state()).isEqualTo("cancelled");
    assertThat(watcher.view(sync).counts()).containsEntry("inside", 1L);
  }

  @Test
  void whatWasPutOffIsNotAskedForAgain() {
    String sync = watcher.sync("mine", A);
    watcher.answer(deferred(watcher.request(), DeferReason.UPSTREAM_FAILED));

    watcher.changes.cancel(sync);

    assertThat(watcher.item(sync).state()).isEqualTo("withdrawn");
    assertThat(watcher.item(sync).nextTry()).isNull();
  }

  @Test
  void whatWasWithdrawnIsAskedForByTheNextSync() {
    watcher.changes.cancel(watcher.sync("mine", A));

    String next = watcher.sync("next", A);
    watcher.answer(published(watcher.request(), HASH));

    assertThat(watcher.view(next).state()).isEqualTo("done");
  }

  @Test
  void aSyncThatEndedIsNotCancelled() {
    String sync = watcher.sync("mine", A);
    watcher.answer(published(watcher.request(), HASH));

    assertThat(watcher.changes.cancel(sync)).isEqualTo(SyncChanges.Outcome.ENDED);
    assertThat(watcher.changes.cancel("none")).isEqualTo(SyncChanges.Outcome.UNKNOWN);
    assertThat(watcher.view(sync).state()).isEqualTo("done");
  }

  @Test
  void aRetryAsksForWhatWasRefusedAndForNothingElse() {
    String sync = watcher.sync("mine", A, B);
    ModuleRequested a = watcher.requests().getFirst();
    ModuleRequested b = watcher.requests().getLast();
    watcher.answer(rejected(a, RejectReason.BAD_ZIP));
    watcher.answer(published(b, HASH));
    assertThat(watcher.view(sync).state()).isEqualTo("failed");

    assertThat(watcher.changes.retry(sync)).isEqualTo(SyncChanges.Outcome.CHANGED);

    assertThat(watcher.view(sync).state()).isEqualTo("running");
    ModuleRequested again = watcher.request();
    assertThat(again.module()).isEqualTo(a.module());
    assertThat(again.request().attempt()).isEqualTo(2);
    assertThat(again.origins()).isEqualTo(a.origins());
    watcher.answer(published(again, HASH));
    assertThat(watcher.view(sync).state()).isEqualTo("done");
  }

  @Test
  void aRetryOfACancelledSyncGoesOn() {
    String sync = watcher.sync("mine", A);
    watcher.changes.cancel(sync);

    watcher.changes.retry(sync);
    watcher.answer(published(watcher.request(), HASH));

    assertThat(watcher.view(sync).state()).isEqualTo("done");
  }

  @Test
  void whatAPersonWaitsForIsSentBeforeWhatNobodyDoes() {
    watcher.syncs.accept("backlog", plan("example.com/x@v1.0.0"), Outbox.BACKGROUND, _ -> {});
    watcher.syncs.accept("backlog", plan("example.com/y@v1.0.0"), Outbox.BACKGROUND, _ -> {});

    watcher.syncByName("a person", "example.com/y@v1.0.0");

    assertThat(watcher.requests())
        .extracting(request -> request.module().toString())
        .containsExactly("example.com/y@v1.0.0", "example.com/x@v1.0.0");
  }

  private static Plan plan(String module) {
    return Plan.of(Optional.empty(), "", Optional.empty(), List.of(ModuleVersion.parse(module)));
  }
}
