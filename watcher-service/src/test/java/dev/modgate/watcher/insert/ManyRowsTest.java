package dev.modgate.watcher.insert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManyRowsTest extends OnEachDatabase {
  private static final ManyRows SYNCS = new ManyRows("sync", "id, label, notes, created_at");
  private static final ManyRows ITEMS =
      new ManyRows(
          "sync_item", "sync_id, path, version, want, row_want, already_inside, claim_failure");

  @Test
  void everyRowIsWrittenOnceHoweverManyThereAre() {
    for (int count : new int[] {0, 1, 49, 50, 51, 100, 1_234}) {
      watcher.jdbc.update("delete from sync");

      SYNCS.write(
          watcher.jdbc,
          IntStream.range(0, count).boxed().toList(),
          i -> new Object[] {"id" + i, "label", "", ModuleRows.time(watcher.clock.instant())});

      assertThat(watcher.jdbc.queryForList("select id from sync", String.class))
          .as("%d rows", count)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, count).mapToObj(i -> "id" + i).toList());
    }
  }

  @Test
  void textMayBeNull() {
    SYNCS.write(
        watcher.jdbc,
        List.of("s"),
        id -> new Object[] {id, "", "", ModuleRows.time(watcher.clock.instant())});

    ITEMS.write(
        watcher.jdbc,
        IntStream.range(0, 60).boxed().toList(),
        i ->
            new @Nullable Object[] {
              "s", "example.com/m" + i, "v1.0.0", "ZIP", "ZIP", true, i % 2 == 0 ? null : "why"
            });

    assertThat(
            watcher.jdbc.queryForObject(
                "select count(*) from sync_item where claim_failure is null", Integer.class))
        .isEqualTo(30);
  }
}
