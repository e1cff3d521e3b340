package dev.modgate.watcher.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.Evidence;
import dev.modgate.pipeline.event.Fetch;
import dev.modgate.pipeline.event.Files;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.pipeline.event.Refusal;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.store.BlobRef;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeTest {
  private static final ModuleVersion MODULE = ModuleVersion.parse("example.com/a@v1.0.0");
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Change NOTHING = new Change(null, false);
  private static final Fetch FETCH = new Fetch("http://127.0.0.1", AT);
  private static final BlobRef BLOB = new BlobRef(Sha256.of(new byte[0]), 0);
  private static final Files FILES = new Files(BLOB, BLOB, BLOB);
  private static final H1 HASH = new H1("h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  private static final Evidence EVIDENCE =
      new Evidence(FETCH, FILES, HASH, HASH, List.of(), List.of(), 1, AT);

  @Test
  void lateRefusalsNeverTakeAwayWhatIsInside() {
    ModuleRow inside = row(ModuleState.INSIDE, 2);

    assertThat(Change.of(inside, rejected("r", 2)).to()).isNull();
    assertThat(Change.of(inside, rejected("r", 3)).to()).isNull();
    assertThat(Change.of(inside, deferred("r", 2, DeferReason.UPSTREAM_FAILED)).to()).isNull();
    assertThat(Change.of(inside, deferred("r", 2, DeferReason.NOT_FOUND)).to()).isNull();
  }

  @Test
  void theEndOfAnEarlierAttemptChangesAndAnswersNothing() {
    ModuleRow row = row(ModuleState.REQUESTED, 2);

    assertThat(Change.of(row, rejected("r", 1))).isEqualTo(NOTHING);
    assertThat(Change.of(row, deferred("r", 1, DeferReason.NOT_FOUND))).isEqualTo(NOTHING);
    assertThat(Change.of(row, fetched("r", 1))).isEqualTo(NOTHING);
    assertThat(Change.of(row, rejected("other", 2))).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @EnumSource(ModuleState.class)
  void publishedAlwaysWins(ModuleState state) {
    var wins = new Change(ModuleState.INSIDE, true);

    assertThat(Change.of(row(state, 2), published("r", 1))).isEqualTo(wins);
    assertThat(Change.of(row(state, 2), published("other", 1))).isEqualTo(wins);
    assertThat(Change.of(null, published("r", 1))).isEqualTo(wins);
  }

  @Test
  void progressOnlyGoesForward() {
    assertThat(Change.of(row(ModuleState.REQUESTED, 1), fetched("r", 1)))
        .isEqualTo(new Change(ModuleState.FETCHED, false));
    assertThat(Change.of(row(ModuleState.REQUESTED, 1), verified("r", 1)))
        .isEqualTo(new Change(ModuleState.VERIFIED, false));
    assertThat(Change.of(row(ModuleState.VERIFIED, 1), fetched("r", 1))).isEqualTo(NOTHING);
    assertThat(Change.of(row(ModuleState.DEFERRED, 1), fetched("r", 1))).isEqualTo(NOTHING);
    assertThat(Change.of(row(ModuleState.INSIDE, 1), verified("r", 1))).isEqualTo(NOTHING);
    assertThat(Change.of(null, fetched("r", 1))).isEqualTo(NOTHING);
  }

  @Test
  void anEndOfTheCurrentAttemptIsTheAnswer() {
    ModuleRow row = row(ModuleState.FETCHED, 2);

    assertThat(Change.of(row, rejected("r", 2))).isEqualTo(new Change(ModuleState.REJECTED, true));
    assertThat(Change.of(row, deferred("r", 2, DeferReason.UPSTREAM_FAILED)))
        .isEqualTo(new Change(ModuleState.DEFERRED, true));
    assertThat(Change.of(row, deferred("r", 2, DeferReason.NOT_FOUND)))
        .isEqualTo(new Change(ModuleState.ABSENT, true));
  }

  @Test
  void wrongBytesOfOneUpstreamLeaveTheModuleInFlight() {
    var refusal =
        new Refusal("https://a", Set.of(Files.Kind.ZIP), RejectReason.BAD_ZIP, "the zip is none");
    var event =
        new ModuleDeferred(
            new RequestId("r", 2),
            MODULE,
            Want.ZIP,
            StageName.VERIFY,
            DeferReason.WRONG_BYTES,
            "the zip is none",
            AT,
            List.of(refusal));

    assertThat(Change.of(row(ModuleState.FETCHED, 2), event))
        .isEqualTo(new Change(ModuleState.REQUESTED, true));
    assertThat(Change.of(row(ModuleState.REQUESTED, 3), event)).isEqualTo(NOTHING);
    assertThat(Change.of(row(ModuleState.INSIDE, 2), event).to()).isNull();
    assertThat(Change.of(null, event)).isEqualTo(new Change(ModuleState.DEFERRED, true));
  }

  private static ModuleRow row(ModuleState state, int attempt) {
    return new ModuleRow(MODULE, Want.ZIP, state, new RequestId("r", attempt), 0, null, null);
  }

  private static ModuleEvent rejected(String id, int attempt) {
    return new ModuleRejected(
        new RequestId(id, attempt),
        MODULE,
        Want.ZIP,
        StageName.VERIFY,
        RejectReason.BAD_ZIP,
        "bad zip",
        List.of(),
        null,
        1,
        AT);
  }

  private static ModuleEvent deferred(String id, int attempt, DeferReason reason) {
    return new ModuleDeferred(
        new RequestId(id, attempt), MODULE, Want.ZIP, StageName.FETCH, reason, "not now", AT);
  }

  private static ModuleEvent fetched(String id, int attempt) {
    return new ModuleFetched(
        new RequestId(id, attempt), MODULE, Want.ZIP, List.of(), 0, FETCH, FILES);
  }

  private static ModuleEvent verified(String id, int attempt) {
    return new ModuleVerified(new RequestId(id, attempt), MODULE, Want.ZIP, EVIDENCE);
  }

  private static ModuleEvent published(String id, int attempt) {
    return new ModulePublished(new RequestId(id, attempt), MODULE, Want.ZIP, EVIDENCE, AT);
  }
}
