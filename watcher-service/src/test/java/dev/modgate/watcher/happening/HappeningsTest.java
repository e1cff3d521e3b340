package dev.modgate.watcher.happening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.happening.Happening.End;
import java.util.List;
import org.junit.jupiter.api.Test;

class HappeningsTest extends OnEachDatabase {
  private static final String RIGHT = "example.com/a v1.0.0 " + Answers.HASH;
  private static final String WRONG = "example.com/a v1.0.0 " + Answers.OTHER;

  @Test
  void aSyncThatIsDone() {
    String sync = watcher.sync("pay@1", RIGHT);

    watcher.answer(Answers.published(watcher.request(), Answers.HASH));

    assertThat(all())
        .containsExactly(
            new Happening.SyncEnded(sync, End.DONE, "pay@1", 1, 1, 0, 0, 0, 0L, List.of()));
    assertThat(all().getFirst().kinds()).containsExactly(EventKind.SYNC_DONE);
  }

  @Test
  void aModuleThatIsRefusedAndTheSyncThatFailsOverIt() {
    String sync = watcher.syncByName("pay@1", "example.com/a@v1.0.0");

    watcher.answer(Answers.rejected(watcher.request(), RejectReason.BAD_ZIP));

    assertThat(all())
        .containsExactly(
            new Happening.ModuleRefused(
                ModuleVersion.parse("example.com/a@v1.0.0"),
                Want.ZIP,
                StageName.VERIFY,
                RejectReason.BAD_ZIP,
                "example.com/a@v1.0.0: refused"),
            new Happening.SyncEnded(
                sync,
                End.FAILED,
                "pay@1",
                1,
                0,
                1,
                0,
                0,
                0L,
                List.of(
                    new Happening.Problem(
                        "example.com/a@v1.0.0", "bad-zip", "example.com/a@v1.0.0: refused"))));
  }

  @Test
  void aGoSumLineThatContradictsIsASecurityEvent() {
    String sync = watcher.sync("pay@1", WRONG);

    watcher.answer(Answers.published(watcher.request(), Answers.HASH));

    assertThat(all())
        .singleElement()
        .isInstanceOfSatisfying(
            Happening.SyncEnded.class,
            ended -> {
              assertThat(ended.sync()).isEqualTo(sync);
              assertThat(ended.contradicted()).isEqualTo(1);
              assertThat(ended.refused()).isZero();
              assertThat(ended.problems().getFirst().reason()).isEqualTo("claim-mismatch");
              assertThat(ended.kinds())
                  .containsExactlyInAnyOrder(EventKind.SYNC_FAILED, EventKind.SECURITY);
            });
  }

  @Test
  void whatIsGivenUpIsNotAbsent() {
    watcher.sync("pay@1", RIGHT, RIGHT.replace("/a ", "/b "));
    watcher.jdbc.update("update module set state = 'given-up' where path = 'example.com/b'");

    watcher.answer(Answers.published(watcher.requests().getFirst(), Answers.HASH));

    assertThat(all())
        .singleElement()
        .isInstanceOfSatisfying(
            Happening.SyncEnded.class,
            ended -> {
              assertThat(ended.absent()).isZero();
              assertThat(ended.gaveUp()).isEqualTo(1);
            });
  }

  @Test
  void whatAnOlderVersionWroteIsReadWithoutItsGivenUp() {
    String older =
        "{\"happened\":\"sync-ended\",\"sync\":\"s1\",\"end\":\"failed\",\"label\":\"x\",\"total\":1,"
            + "\"inside\":0,\"refused\":0,\"contradicted\":0,\"absent\":1,\"problems\":[]}";

    assertThat(Happenings.read(older))
        .hasValueSatisfying(
            it -> assertThat(((Happening.SyncEnded) it).gaveUp()).as(older).isZero());
  }

  @Test
  void whatIsDeliveredTwiceHappensOnce() {
    watcher.syncByName("pay@1", "example.com/a@v1.0.0");
    ModuleRequested request = watcher.request();

    watcher.answer(Answers.rejected(request, RejectReason.BAD_ZIP));
    watcher.answer(Answers.rejected(request, RejectReason.BAD_ZIP));

    assertThat(all()).hasSize(2);
  }

  @Test
  void whatIsAskedAgainWithMoreClaimsIsNotRefusedYet() {
    watcher.sync("first", WRONG);
    ModuleRequested carriedOne = watcher.request();
    watcher.sync("second", RIGHT);

    watcher.answer(Answers.rejected(carriedOne, RejectReason.CLAIM_MISMATCH));

    assertThat(all()).isEmpty();
  }

  @Test
  void whatIsRolledBackDidNotHappen() {
    watcher.syncByName("pay@1", "example.com/a@v1.0.0");
    ModuleRequested request = watcher.request();
    watcher.crashes.loseNextCommit();

    assertThatThrownBy(() -> watcher.answer(Answers.rejected(request, RejectReason.BAD_ZIP)))
        .isInstanceOf(Crashes.CrashException.class);

    assertThat(all()).isEmpty();
  }

  @Test
  void aSyncOfWhatIsInsideEndsAtOnce() {
    watcher.sync("first", RIGHT);
    watcher.answer(Answers.published(watcher.request(), Answers.HASH));

    watcher.sync("second", RIGHT);

    assertThat(all()).hasSize(2);
  }

  @Test
  void whatSeveralNoticeHappensOnce() {
    var stopped = new Happening.StageStopped(StageName.VERIFY, "stopped everything");

    watcher.happenings.once(stopped, "same", watcher.clock.instant());
    watcher.another().happenings.once(stopped, "same", watcher.clock.instant());

    assertThat(all()).containsExactly(stopped);
  }

  @Test
  void whereNobodyHearsNothingIsWritten() {
    var deaf = new Happenings(watcher.jdbc, false);

    deaf.once(new Happening.StageStopped(StageName.VERIFY, "-"), "x", watcher.clock.instant());

    assertThat(all()).isEmpty();
  }

  private List<Happening> all() {
    return watcher.jdbc.query(
        "select detail from happening order by id",
        (row, _) -> Happenings.read(row.getString(1)).orElseThrow());
  }
}
