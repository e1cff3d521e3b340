package dev.modgate.watcher.claim;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.OTHER;
import static dev.modgate.watcher.database.Answers.hash;
import static dev.modgate.watcher.database.Answers.published;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.watcher.database.OnEachDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest extends OnEachDatabase {
  private static final String MODULE = "example.com/a@v1.0.0";

  @Test
  void aWrongLineIsFoundHoweverManySyncsWaitBeforeIt() {
    String first = right("first");
    copies(first, 250);
    String wrong = sync("wrong", OTHER);

    watcher.answer(published(watcher.request(), HASH));

    assertThat(watcher.item(wrong).sentence()).contains(HASH.value(), OTHER.value(), "go.sum:1");
    assertThat(failed()).isEqualTo(1);
    assertThat(watcher.view(first).state()).isEqualTo("done");
    assertThat(watcher.view(wrong).state()).isEqualTo("failed");
  }

  @Test
  void allSyncsWithAWrongLineFail() {
    copies(sync("wrong", OTHER), 1_100);
    String right = right("right");

    watcher.answer(published(watcher.request(), HASH));

    assertThat(failed()).isEqualTo(1_101);
    assertThat(watcher.view(right).state()).isEqualTo("done");
  }

  @Test
  void anEventCarriesTenOriginsAndTheTrueCount() {
    copies(right("first"), 30);

    Origins origins = origins();

    assertThat(origins.carried()).hasSize(ModuleRequested.MAX_ORIGINS);
    assertThat(origins.count()).isEqualTo(31);
    assertThat(origins.carried()).allSatisfy(origin -> assertThat(origin.claims()).hasSize(2));
  }

  @Test
  void differentClaimsComeFirstThenOthersWithClaimsThenThoseWithout() {
    String nameless = later(() -> watcher.syncByName("nameless", MODULE));
    String first = later(() -> right("first"));
    String same = later(() -> right("same"));
    String other = later(() -> sync("other", OTHER));

    Origins origins = origins();

    assertThat(origins.carried())
        .extracting(Origin::sync)
        .containsExactly(first, other, same, nameless);
    assertThat(origins.count()).isEqualTo(4);
  }

  @Test
  void ofMoreDifferentClaimsThanThereIsRoomTheOldestAreSaid() {
    var syncs = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      H1 hash = hash("claim " + i);
      syncs.add(later(() -> sync("many", hash)));
    }

    Origins origins = origins();

    assertThat(origins.carried()).extracting(Origin::sync).isEqualTo(syncs.subList(0, 10));
    assertThat(origins.count()).isEqualTo(12);
  }

  @Test
  void finishedSyncsAreNoOriginsButTheirWrongLinesStayWrong() {
    String wrong = sync("wrong", OTHER);
    watcher.jdbc.update("update sync set finished_at = created_at where id = ?", wrong);
    String right = right("right");

    assertThat(origins().carried()).extracting(Origin::sync).containsExactly(right);
    watcher.answer(published(watcher.request(), HASH));
    assertThat(watcher.view(wrong).state()).isEqualTo("failed");
    assertThat(watcher.item(wrong).reason()).isEqualTo("claim-mismatch");
  }

  @Test
  void aClaimAboutTheGoModAloneIsJudgedToo() {
    String wrong =
        watcher.sync(
            "wrong", "example.com/a v1.0.0 " + HASH, "example.com/a v1.0.0/go.mod " + OTHER);

    watcher.answer(published(watcher.request(), HASH));

    assertThat(watcher.item(wrong).sentence()).contains("the go.mod inside", "go.sum:2");
  }

  private Origins origins() {
    return watcher.claims.originsOf(ModuleVersion.parse(MODULE));
  }

  private String right(String label) {
    return sync(label, HASH);
  }

  private String sync(String label, H1 hash) {
    return watcher.sync(
        label, "example.com/a v1.0.0 " + hash, "example.com/a v1.0.0/go.mod " + hash);
  }

  private String later(java.util.function.Supplier<String> sync) {
    watcher.clock.advance(Duration.ofSeconds(1));
    return sync.get();
  }

  /// More syncs that say what this one does.
  private void copies(String sync, int count) {
    List<Object[]> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new Object[] {"copy-" + i, sync});
    }
    for (String table : List.of("sync", "sync_item", "claim")) {
      String id = table.equals("sync") ? "id" : "sync_id";
      String rest =
          switch (table) {
            case "sync" -> "label, notes, created_at";
            case "sync_item" -> "path, version, want, row_want, already_inside";
            default -> "path, version, subject, hash, file, line";
          };
      watcher.jdbc.batchUpdate(
          "insert into %1$s (%2$s, %3$s) select cast(? as varchar(36)), %3$s from %1$s where %2$s = ?"
              .formatted(table, id, rest),
          ids);
    }
  }

  private int failed() {
    return watcher.count("sync_item where claim_failure is not null");
  }

  @Test
  void saysWhatEachLineClaims() {
    right("right");

    assertThat(origins().carried().getFirst().claims())
        .containsExactly(
            new Claim(Claim.Subject.ZIP, HASH, "go.sum", 1),
            new Claim(Claim.Subject.GO_MOD, HASH, "go.sum", 2));
  }
}
