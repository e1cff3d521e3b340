package dev.modgate.watcher.tick;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.Answers.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.database.WatcherParts;
import dev.modgate.watcher.sync.SyncViews;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TickFollowerTest extends OnEachDatabase {
  private static final String COMMIT = "c".repeat(40);
  private static final String LONG = "x".repeat(200);

  private Ticks ticks;

  private TickFollower follower;

  @BeforeEach
  void onThisDatabase() {
    ticks = new Ticks(watcher.jdbc, watcher.clock);
    follower = follower();
  }

  private TickFollower follower() {
    return new TickFollower(
        watcher.jdbc,
        ticks,
        new SyncViews(watcher.jdbc),
        new SyncLinks(URI.create("https://modgate.example.com/")),
        watcher.clock);
  }

  @Test
  void aSyncThatRunsIsPendingAndThenASuccess() {
    String sync = watcher.sync("test", line("a"), line("b"));
    seen(COMMIT, sync);

    follower.follow();
    assertThat(shown()).isEqualTo("pending 0 of 2 modules are inside");
    assertThat(view().link()).isEqualTo("https://modgate.example.com/api/v1/syncs/" + sync);
    assertThat(view().delivery()).isEqualTo("waiting");
    watcher.requests().forEach(request -> watcher.answer(published(request, HASH)));
    follower.follow();
    assertThat(shown()).isEqualTo("success 2 of 2 modules are inside");
  }

  @Test
  void aSyncThatLacksSomethingIsAFailureThatSaysWhat() {
    seen(COMMIT, watcher.sync("test", line("a"), line("b"), line("c")));
    List<ModuleRequested> requests = watcher.requests();
    watcher.answer(published(requests.get(0), HASH));
    watcher.answer(rejected(requests.get(1), RejectReason.BAD_ZIP));
    watcher.answer(published(requests.get(2), HASH));

    follower.follow();

    assertThat(shown()).isEqualTo("failure 2 of 3 modules are inside, 1 rejected");
  }

  @Test
  void whatAFailureLackedMayComeInsideForAnotherSync() {
    seen(COMMIT, watcher.sync("test", line("a")));
    watcher.answer(rejected(watcher.request(), RejectReason.BAD_ZIP));
    follower.follow();
    assertThat(shown()).isEqualTo("failure 0 of 1 module is inside, 1 rejected");

    watcher.sync("asks again", line("a"));
    watcher.answer(published(watcher.request(), HASH));
    follower.follow();
    assertThat(shown()).startsWith("failure");
    watcher.clock.advance(Duration.ofMinutes(15));
    follower.follow();
    assertThat(shown()).isEqualTo("success 1 of 1 module is inside");
  }

  @Test
  void aSyncWithoutModulesIsASuccessAtOnce() {
    seen(COMMIT, watcher.syncs.accept("test", WatcherParts.plan()));

    follower.follow();

    assertThat(shown()).isEqualTo("success no modules are needed");
  }

  @Test
  void aCommitWithoutASyncHasNoTick() {
    seen(COMMIT, null);

    follower.follow();

    assertThat(ticks.newest("pay", Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void whatHappenedWhileNobodyFollowedIsFoundAtTheNextStart() {
    seen(COMMIT, watcher.sync("test", line("a")));
    watcher.answer(published(watcher.request(), HASH));
    watcher.clock.advance(Duration.ofDays(3));

    follower().follow();

    assertThat(shown()).isEqualTo("success 1 of 1 module is inside");
  }

  @Test
  void aSyncThatEndedIsNotBegunAgain() {
    String sync = watcher.sync("test", line("a"));
    seen(COMMIT, sync);
    follower.follow();
    Tick pending = ticks.ofAgent(List.of("pay"), 0, 10).getFirst().tick();
    watcher.answer(published(watcher.request(), HASH));
    follower.follow();

    ticks.begin(pending, sync); // of a watcher that looked before the end

    assertThat(shown()).startsWith("success");
  }

  @Test
  void anotherSyncOfTheCommitBeginsAnew() {
    seen(COMMIT, watcher.sync("test", line("a")));
    watcher.answer(rejected(watcher.request(), RejectReason.BAD_ZIP));
    follower.follow();
    String second = watcher.sync("again", line("a"));
    watcher.jdbc.update("update commit_seen set sync_id = ?", second);

    follower.follow();

    assertThat(shown()).isEqualTo("pending 0 of 1 module is inside");
    assertThat(view().sync()).isEqualTo(second);
  }

  @Test
  void severalWatchersFollowTogether() throws Exception {
    String sync = watcher.sync("test", line("a"));
    IntStream.range(0, 40).forEach(i -> seen("%040x".formatted(i), sync));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> follow =
          () -> {
            follower().follow();
            return true;
          };
      for (var done : threads.invokeAll(List.of(follow, follow, follow))) {
        assertThat(done.get()).isTrue();
      }
    }

    assertThat(ticks.ofAgent(List.of("pay"), 0, 100))
        .extracting(Ticks.Change::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 40).mapToObj(i -> (long) i).toList());
  }

  private String shown() {
    return view().state() + " " + view().description();
  }

  private TickView view() {
    return ticks.newest("pay", Long.MAX_VALUE, 10).getFirst();
  }

  private static String line(String module) {
    return "example.com/" + module + " v1.0.0 " + HASH;
  }

  private void seen(String commit, @Nullable String sync) {
    watcher.jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, sync_id, sentence,"
            + " found_at) values ('pay', 'pay/api', ?, 'refs/heads/main', 'poll', ?, '', ?)",
        commit,
        sync,
        ModuleRows.time(watcher.clock.instant()));
  }

  @Test
  void aCommitOfWhichAFileCannotBeReadIsAFailureWhateverIsInside() {
    seen(COMMIT, watcher.sync("test", line("a")));
    seen("d".repeat(40), watcher.syncs.accept("test", WatcherParts.plan()));
    watcher.jdbc.update("update commit_seen set unread = ?", "can't be read: go.sum:1: " + LONG);

    follower.follow();
    watcher.answer(published(watcher.request(), HASH));
    follower.follow();
    watcher.clock.advance(Duration.ofMinutes(15));
    follower.follow();

    assertThat(ticks.newest("pay", Long.MAX_VALUE, 10))
        .hasSize(2)
        .allSatisfy(tick -> {
          assertThat(tick.state()).isEqualTo("failure");
          assertThat(tick.description()).startsWith("can't be read: go.sum:1: x").hasSize(140);
        });
  }
}
