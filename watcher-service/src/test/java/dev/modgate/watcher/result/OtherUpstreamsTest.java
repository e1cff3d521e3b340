package dev.modgate.watcher.result;

import static dev.modgate.watcher.database.Answers.HASH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.outbox.Outbox;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The verifier refuses the bytes of one upstream while others are untried.
class OtherUpstreamsTest extends OnEachDatabase {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/a@v1.0.0");
  private static final Refusal OF_A =
      new Refusal(
          "https://a", Set.of(Files.Kind.ZIP), RejectReason.CLAIM_MISMATCH, "zip hash is h1:x");

  private String sync = "";

  @BeforeEach
  void asked() {
    sync = watcher.sync("test", "example.com/a v1.0.0 " + HASH);
  }

  @Test
  void theOthersAreAskedAtOnceAndTheSyncGoesOn() throws Exception {
    watcher.answer(wrongBytes(1, OF_A));

    ModuleRequested next = watcher.request();
    assertThat(next.request()).isEqualTo(new RequestId(id(), 2));
    assertThat(next.refusals()).containsExactly(OF_A);
    assertThat(next.origins()).hasSize(1);
    assertThat(watcher.jdbc.queryForObject("select priority from outbox", Integer.class))
        .isEqualTo(Outbox.INTERACTIVE);
    assertThat(state()).isEqualTo("requested");
    assertThat(watcher.jdbc.queryForList("select next_try from module where next_try is not null"))
        .isEmpty();
    assertThat(watcher.view(sync).state()).isEqualTo("running");
  }

  @Test
  void theTimelineKeepsWhatWasRefusedAndWhoWasAskedThen() {
    watcher.answer(wrongBytes(1, OF_A));

    assertThat(watcher.module(MODULE.toString()).timeline())
        .extracting(ModuleViews.Happening::event, ModuleViews.Happening::sentence)
        .endsWith(
            org.assertj.core.groups.Tuple.tuple("deferred", "zip hash is h1:x, from https://a"),
            org.assertj.core.groups.Tuple.tuple(
                "requested", "asked of others than https://a (.zip)"));
  }

  @Test
  void theSameAnswerTwiceAsksOnce() throws Exception {
    watcher.answer(wrongBytes(1, OF_A), wrongBytes(1, OF_A));
    watcher.answer(wrongBytes(1, OF_A));

    assertThat(watcher.request().request().attempt()).isEqualTo(2);
  }

  @Test
  void aVerdictInTheEndSettlesIt() {
    watcher.answer(wrongBytes(1, OF_A), rejected(2));

    assertThat(state()).isEqualTo("rejected");
    assertThat(watcher.count("outbox")).isZero();
    assertThat(watcher.view(sync).state()).isNotEqualTo("running");
  }

  @Test
  void aDeferralThatNamesNobodyToAvoidIsPutOff() {
    watcher.answer(wrongBytes(1));

    assertThat(state()).isEqualTo("deferred");
    assertThat(watcher.count("outbox")).isZero();
  }

  @Test
  void whatAnotherDatabaseAskedForIsPutOff() {
    watcher.jdbc.update("delete from module");
    watcher.jdbc.update("delete from outbox");

    watcher.answer(wrongBytes(7, OF_A));

    assertThat(state()).isEqualTo("deferred");
  }

  private ModuleDeferred wrongBytes(int attempt, Refusal... refusals) {
    return new ModuleDeferred(
        new RequestId(id(), attempt),
        MODULE,
        Want.ZIP,
        StageName.VERIFY,
        DeferReason.WRONG_BYTES,
        "zip hash is h1:x, from https://a",
        watcher.clock.instant(),
        List.of(refusals));
  }

  private ModuleRejected rejected(int attempt) {
    return new ModuleRejected(
        new RequestId(id(), attempt),
        MODULE,
        Want.ZIP,
        StageName.VERIFY,
        RejectReason.CLAIM_MISMATCH,
        "zip hash is h1:x",
        watcher.request().origins(),
        null,
        0,
        watcher.clock.instant());
  }

  private String id() {
    return watcher.jdbc.queryForList("select request_id from module", String.class).stream()
        .findFirst()
        .orElse("unknown");
  }

  private String state() {
    return String.valueOf(watcher.jdbc.queryForObject("select state from module", String.class));
  }
}
