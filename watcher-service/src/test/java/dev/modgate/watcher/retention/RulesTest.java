package dev.modgate.watcher.retention;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.OTHER;
import static dev.modgate.watcher.database.Answers.fetched;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.Answers.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleViews.Happening;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.OnEachDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RulesTest extends OnEachDatabase {
  private static final String RIGHT = "example.com/a v1.0.0 " + HASH;
  private static final Duration LONG = Duration.ofDays(4_000);
  private static final Retention DEFAULTS = Purges.DEFAULTS;

  @Test
  void aSyncThatEndedGoesWithItsItemsAndClaimsAndWhatIsInsideStays() {
    String sync = watcher.sync("old", RIGHT);
    ModuleRequested request = watcher.request();
    watcher.answer(published(request, HASH));
    var evidence = watcher.module("example.com/a@v1.0.0").wants();
    watcher.clock.advance(DEFAULTS.syncs());
    assertThat(purge(syncs())).as("not older yet").isZero();

    watcher.clock.advance(Duration.ofSeconds(1));

    assertThat(purge(syncs())).isEqualTo(1);
    assertThat(sync).isNotEmpty();
    assertThat(watcher.count("sync_item") + watcher.count("claim")).isZero();
    assertThat(watcher.module("example.com/a@v1.0.0").wants()).isEqualTo(evidence);
    watcher.sync("new", "example.com/a v1.0.0 " + OTHER);
    assertThat(watcher.count("outbox")).as("it is known to be inside").isZero();
  }

  @Test
  void aSyncThatRunsStays() {
    watcher.sync("old", RIGHT);
    watcher.clock.advance(LONG);

    assertThat(purge(syncs())).isZero();
    assertThat(watcher.count("claim")).isEqualTo(1);
  }

  @Test
  void aSyncWhoseRefusedModuleIsAskedForAgainStaysUntilThatIsDecided() {
    String old = watcher.sync("old", RIGHT);
    watcher.answer(rejected(watcher.request(), RejectReason.BAD_ZIP));
    watcher.clock.advance(LONG);
    watcher.sync("again", "example.com/a v1.0.0 " + OTHER);
    ModuleRequested again = watcher.request();

    assertThat(purge(syncs())).isZero();
    watcher.answer(Answers.deferred(again, DeferReason.UPSTREAM_FAILED));
    assertThat(purge(syncs())).as("put off").isZero();
    watcher.answer(published(again, OTHER));

    assertThat(watcher.item(old).sentence()).as("judged").contains(HASH.value(), OTHER.value());
    assertThat(purge(syncs())).isEqualTo(1);
  }

  @Test
  void theNewestSyncOfEachRepositoryStays() {
    String first = sync("r", "one", 0);
    String newest = sync("r", "two", 1);
    String ofOther = sync("s", "one", 0);
    sync("r", null, 2);
    watcher.clock.advance(LONG);

    assertThat(purge(syncs())).isEqualTo(1);

    assertThat(watcher.jdbc.queryForList("select id from sync", String.class))
        .containsExactlyInAnyOrder(newest, ofOther)
        .doesNotContain(first);
  }

  /// Of one module that is inside, for a commit of this repository.
  private String sync(
      String repository, @org.jspecify.annotations.Nullable String commit, int day) {
    String sync = null;
    if (commit != null) {
      sync = watcher.sync(repository + commit, "example.com/a v1.0.0 " + HASH);
      for (ModuleRequested request : watcher.requests()) {
        watcher.answer(published(request, HASH));
      }
    }
    commit(repository, commit == null ? "nothing" : commit, "main", sync, day);
    return String.valueOf(sync);
  }

  @Test
  void manySyncsGoInSeveralBatchesAndALargeOneAlone() {
    String[] lines =
        IntStream.range(0, 5_100)
            .mapToObj(i -> "example.com/m" + i + " v1.0.0 " + HASH)
            .toArray(String[]::new);
    watcher.sync("asked", lines);
    watcher.answer(
        watcher.requests().stream()
            .map(request -> published(request, HASH))
            .toArray(dev.modgate.pipeline.event.ModuleEvent[]::new));
    watcher.sync("large", lines);
    IntStream.range(0, 300).forEach(i -> watcher.sync("small " + i, lines[i]));
    watcher.clock.advance(LONG);

    List<Integer> batches = batches(syncs());

    assertThat(batches).hasSizeGreaterThanOrEqualTo(4).allMatch(rows -> rows <= 200);
    assertThat(batches.stream().mapToInt(i -> i).sum()).isEqualTo(302);
    assertThat(watcher.count("claim")).isZero();
  }

  @Test
  void ofATimelineTheLastRequestAndVerdictStay() {
    watcher.sync("old", RIGHT);
    ModuleRequested first = watcher.request();
    watcher.answer(fetched(first), rejected(first, RejectReason.BAD_ZIP));
    watcher.sync("again", RIGHT);
    ModuleRequested second = watcher.request();
    watcher.answer(fetched(second), published(second, HASH), published(second, HASH));
    watcher.clock.advance(LONG);

    purge(timelines());

    assertThat(watcher.module("example.com/a@v1.0.0").timeline())
        .extracting(Happening::event)
        .containsExactly("rejected", "requested", "published");
  }

  @Test
  void ofATimelineWithoutAVerdictOnlyRepetitionsGo() {
    watcher.sync("old", RIGHT);
    ModuleRequested request = watcher.request();
    watcher.answer(
        fetched(request),
        Answers.deferred(request, DeferReason.REFETCH),
        Answers.deferred(request, DeferReason.REFETCH));
    watcher.clock.advance(LONG);
    purge(timelines());

    assertThat(watcher.module("example.com/a@v1.0.0").timeline())
        .extracting(Happening::event)
        .containsExactly("requested", "fetched", "deferred");
  }

  @Test
  void youngEntriesOfTimelinesStay() {
    watcher.sync("new", RIGHT);
    watcher.answer(fetched(watcher.request()), published(watcher.request(), HASH));

    assertThat(purge(timelines())).isZero();
  }

  @Test
  void runsThatEndedGo() {
    run("ended", "done", 1);
    run("waits", "waiting", null);
    watcher.jdbc.update(
        "insert into run_ref (run_id, ref, found_by) values ('ended', 'r', 'poll')");
    watcher.clock.advance(LONG);

    assertThat(purge(RetentionConfiguration.runs(watcher.jdbc, DEFAULTS))).isEqualTo(1);

    assertThat(watcher.count("run")).isEqualTo(1);
    assertThat(watcher.count("run_ref")).isZero();
  }

  private void run(String id, String state, @org.jspecify.annotations.Nullable Integer ended) {
    Instant now = watcher.clock.instant();
    watcher.jdbc.update(
        "insert into run (id, source, repository, state, found_by, created_at, finished_at)"
            + " values (?,'s','r',?,'poll',?,?)",
        id,
        state,
        ModuleRows.time(now),
        ended == null ? null : ModuleRows.time(now.plusSeconds(ended)));
  }

  @Test
  void theNewestCommitOfEachRefStaysAndWhatAFeatureNames() {
    commit("r", "old", "main", null, 0);
    commit("r", "known", "main", null, 1);
    commit("r", "newest", "main", null, 2);
    commit("r", "branch", "branch", null, 0);
    commit("s", "elsewhere", "main", null, 0);
    watcher.clock.advance(LONG);
    var known = List.of(new KeptCommits("t.commit_id = 'known'"));

    int gone = purge(RetentionConfiguration.commits(watcher.jdbc, DEFAULTS, known));

    assertThat(gone).isEqualTo(1);
    assertThat(watcher.jdbc.queryForList("select commit_id from commit_seen", String.class))
        .containsExactlyInAnyOrder("known", "newest", "branch", "elsewhere");
  }

  private void commit(
      String repository,
      String id,
      String ref,
      @org.jspecify.annotations.Nullable String sync,
      int day) {
    watcher.jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, sync_id, sentence,"
            + " found_at) values ('s',?,?,?,'poll',?,'-',?)",
        repository,
        id,
        ref,
        sync,
        ModuleRows.time(watcher.clock.instant().plus(Duration.ofDays(day))));
  }

  @Test
  void theNewestChangeOfEachSourceStays() {
    for (String change : List.of("added", "changed", "removed")) {
      for (String declared : List.of("settings", "api")) {
        watcher.jdbc.update(
            "insert into source_change (source, change, declared, definition, at)"
                + " values ('s',?,?,'{}',?)",
            change,
            declared,
            ModuleRows.time(watcher.clock.instant()));
      }
    }
    watcher.clock.advance(LONG);

    assertThat(purge(RetentionConfiguration.sourceHistory(watcher.jdbc, DEFAULTS))).isEqualTo(4);

    assertThat(watcher.jdbc.queryForList("select change from source_change", String.class))
        .containsExactly("removed", "removed");
  }

  @Test
  void tenThousandRowsGoInSmallBatches() {
    Object at = ModuleRows.time(watcher.clock.instant());
    var rows = IntStream.range(0, 10_000).mapToObj(i -> new Object[] {i, at, at}).toList();
    watcher.transaction.executeWithoutResult(_ -> {
      watcher.jdbc.batchUpdate(
          "insert into run (id, source, repository, state, found_by, created_at, finished_at)"
              + " values (cast(? as varchar(36)),'s','r','done','poll',?,?)",
          rows);
      watcher.jdbc.batchUpdate(
          "insert into timeline (path, version, at, event, sentence, request_id, attempt)"
              + " values (?, 'v1.0.0', ?, 'deferred', '-', ?, 1)",
          rows.stream()
              .map(row -> (int) row[0] / 100)
              .map(i -> new Object[] {"example.com/m" + i, at, "r" + i})
              .toList());
    });
    watcher.clock.advance(LONG);

    List<Integer> runs = batches(RetentionConfiguration.runs(watcher.jdbc, DEFAULTS));
    List<Integer> timelines = batches(timelines());

    assertThat(runs).allMatch(some -> some <= 500).hasSize(20);
    assertThat(timelines).allMatch(some -> some <= 1_000);
    assertThat(watcher.count("run")).isZero();
    assertThat(watcher.count("timeline")).as("the newest of each request").isEqualTo(100);
  }

  private RetentionRule syncs() {
    return new FinishedSyncs(watcher.jdbc, DEFAULTS.syncs());
  }

  private RetentionRule timelines() {
    return new OldTimelines(watcher.jdbc, DEFAULTS.timelines());
  }

  private int purge(RetentionRule rule) {
    return Purges.purge(watcher, rule);
  }

  private List<Integer> batches(RetentionRule rule) {
    return Purges.batches(watcher, rule);
  }
}
