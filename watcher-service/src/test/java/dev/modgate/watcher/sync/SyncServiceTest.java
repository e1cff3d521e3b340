package dev.modgate.watcher.sync;

import static dev.modgate.watcher.database.Answers.BYTES;
import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.OTHER;
import static dev.modgate.watcher.database.Answers.fetched;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.Answers.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncServiceTest extends OnEachDatabase {
  private static final String RIGHT = "example.com/a v1.0.0 " + HASH;
  private static final String WRONG = "example.com/a v1.0.0 " + OTHER;

  @Test
  void aCrashBeforeTheCommitLeavesNothing() {
    watcher.crashes.loseNextCommit();

    assertThatThrownBy(() -> watcher.sync("lost", RIGHT))
        .isInstanceOf(Crashes.CrashException.class);

    assertThat(List.of("sync", "sync_item", "claim", "module", "outbox", "timeline"))
        .allSatisfy(table -> assertThat(watcher.count(table)).as(table).isZero());
  }

  @Test
  void syncRequestsAndOutboxAreCommittedTogether() {
    String sync = watcher.sync("test", RIGHT, "example.com/b v1.0.0/go.mod " + HASH);

    assertThat(watcher.view(sync).counts()).containsEntry("requested", 2L);
    assertThat(watcher.requests())
        .allSatisfy(request -> {
          assertThat(request.origins().getFirst().sync()).isEqualTo(sync);
          assertThat(request.originCount()).isEqualTo(1);
        })
        .hasSize(2);
  }

  @Test
  void aSecondSyncAttachesToTheRequestThatIsOnItsWay() {
    watcher.sync("first", RIGHT);
    String second = watcher.sync("second", RIGHT);

    assertThat(watcher.count("outbox")).isEqualTo(1);
    watcher.answer(published(watcher.request(), HASH));

    assertThat(watcher.view(second).state()).isEqualTo("done");
  }

  @Test
  void whatIsInsideIsNotAskedForAndMovesNoBytes() {
    String first = watcher.sync("first", RIGHT);
    watcher.answer(published(watcher.request(), HASH));

    String second = watcher.sync("second", RIGHT);

    assertThat(watcher.view(second).state()).isEqualTo("done");
    assertThat(watcher.view(second).bytesMoved()).isZero();
    assertThat(watcher.view(second).bytesInside()).isEqualTo(BYTES);
    assertThat(watcher.view(first).bytesMoved()).isEqualTo(BYTES);
    assertThat(watcher.count("outbox")).isZero();
  }

  @Test
  void bytesMovedCountsWhatWasFetchedThoughRefusedAndEachModuleOnce() {
    String first = watcher.sync("first", RIGHT);
    ModuleRequested request = watcher.request();
    assertThat(watcher.view(first).bytesMoved()).isZero();

    watcher.answer(fetched(request), fetched(request));
    assertThat(watcher.view(first).bytesMoved()).isEqualTo(BYTES);
    watcher.answer(rejected(request, RejectReason.BAD_ZIP));
    assertThat(watcher.view(first).bytesMoved()).isEqualTo(BYTES);
    assertThat(watcher.view(first).bytesInside()).isZero();
  }

  @Test
  void aWrongLineFailsASyncOfWhatHasLongBeenInside() {
    watcher.sync("first", RIGHT);
    watcher.answer(published(watcher.request(), HASH));

    String wrong = watcher.sync("wrong", WRONG);

    assertThat(watcher.view(wrong).state()).isEqualTo("failed");
    assertThat(watcher.item(wrong).sentence()).contains(HASH.value(), OTHER.value());
  }

  @Test
  void aNewSyncAsksAgainForWhatWasRejected() {
    watcher.sync("first", RIGHT);
    ModuleRequested first = watcher.request();
    watcher.answer(fetched(first), rejected(first, RejectReason.BAD_ZIP));

    String second = watcher.sync("second", RIGHT);

    assertThat(watcher.request().request().id()).isEqualTo(first.request().id());
    assertThat(watcher.request().request().attempt()).isEqualTo(2);
    assertThat(watcher.view(second).bytesMoved()).as("nothing is fetched yet").isZero();
  }

  @Test
  void aZipInsideAnswersAWantOfItsGoMod() {
    watcher.sync("zip", RIGHT);
    watcher.answer(published(watcher.request(), HASH));

    String mod = watcher.sync("mod", "example.com/a v1.0.0/go.mod " + HASH);

    assertThat(watcher.view(mod).state()).isEqualTo("done");
  }

  @Test
  void syncsOfTheSameModulesAtTheSameTimeAllSucceed() throws Exception {
    List<String> lines =
        IntStream.range(0, 3_000).mapToObj(i -> "example.com/m" + i + " v1.0.0 " + HASH).toList();
    var together = new CyclicBarrier(4);
    var tasks = new ArrayList<Callable<String>>();
    for (int i = 0; i < 4; i++) {
      List<String> ordered = i % 2 == 0 ? lines : lines.reversed();
      tasks.add(() -> {
        together.await();
        return watcher.sync("one of many", ordered.toArray(String[]::new));
      });
    }

    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var sync : threads.invokeAll(tasks)) {
        assertThat(watcher.view(sync.get()).counts()).containsEntry("requested", 3_000L);
      }
    }
    assertThat(watcher.count("outbox")).isEqualTo(3_000);
  }

  @Test
  void ofALongPathTheEndIsKept() {
    String path = "deep/".repeat(60) + "go.sum";
    var claim = new Claim(Claim.Subject.ZIP, HASH, path, 1);
    var module = ModuleVersion.parse("example.com/a@v1.0.0");

    watcher.syncs.accept(
        "long", new Plan(List.of(new PlanItem(module, Want.ZIP, List.of(claim))), List.of()));

    assertThat(watcher.jdbc.queryForObject("select file from claim", String.class))
        .isEqualTo("…" + path.substring(path.length() - 199));
  }
}
