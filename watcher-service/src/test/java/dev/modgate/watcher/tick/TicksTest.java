package dev.modgate.watcher.tick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.host.CommitStatus;
import dev.modgate.watcher.retention.Purges;
import dev.modgate.watcher.retention.RetentionRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TicksTest extends OnEachDatabase {
  @Test
  void whatIsWantedAgainChangesNothing() {
    Ticks ticks = ticks();
    ticks.want(tick("pay", 1, CommitStatus.State.PENDING));
    ticks.want(tick("pay", 1, CommitStatus.State.PENDING));

    assertThat(ticks.ofAgent(List.of("pay"), 0, 10)).hasSize(1);
    assertThat(ticks.ofAgent(List.of("pay"), 1, 10)).isEmpty();
    ticks.want(tick("pay", 1, CommitStatus.State.SUCCESS));
    assertThat(ticks.ofAgent(List.of("pay"), 1, 10))
        .containsExactly(new Ticks.Change(2, null, tick("pay", 1, CommitStatus.State.SUCCESS)));
  }

  @Test
  void anAgentSeesItsSourcesOnlyInTheOrderOfTheChanges() {
    Ticks ticks = ticks();
    ticks.want(tick("pay", 1, CommitStatus.State.PENDING));
    ticks.want(tick("other", 1, CommitStatus.State.PENDING));
    ticks.want(tick("web", 1, CommitStatus.State.PENDING));
    ticks.want(tick("pay", 1, CommitStatus.State.FAILURE));

    assertThat(ticks.ofAgent(List.of("pay", "web"), 0, 10))
        .extracting(change -> change.tick().source())
        .containsExactly("web", "pay");
    assertThat(ticks.ofAgent(List.of("pay", "web"), 0, 1)).hasSize(1);
    assertThat(ticks.ofAgent(List.of(), 0, 10)).isEmpty();
  }

  @Test
  void whoHasSeenANumberHasSeenAllBeforeIt() throws Exception {
    Ticks ticks = ticks();
    long seen = 0;
    int count = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writing =
          IntStream.range(0, 60)
              .<Future<?>>mapToObj(
                  i -> threads.submit(() -> ticks.want(tick("pay", i, CommitStatus.State.PENDING))))
              .toList();
      boolean last = false;
      while (!last) {
        last = writing.stream().allMatch(Future::isDone);
        for (Ticks.Change change : ticks.ofAgent(List.of("pay"), seen, 7)) {
          seen = change.number();
          count++;
        }
        last &= ticks.ofAgent(List.of("pay"), seen, 1).isEmpty();
      }
      for (Future<?> one : writing) {
        one.get();
      }
    }

    assertThat(count).isEqualTo(60);
  }

  @Test
  void whatIsForgottenLeavesTheNewestNumber() {
    Ticks ticks = ticks();
    ticks.want(tick("pay", 1, CommitStatus.State.PENDING));
    ticks.want(tick("pay", 2, CommitStatus.State.PENDING));
    ticks.want(tick("pay", 3, CommitStatus.State.PENDING));
    watcher.jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, sentence, found_at)"
            + " values ('pay', 'pay/api', ?, 'refs/heads/main', 'poll', '', ?)",
        "%040x".formatted(1),
        ModuleRows.time(watcher.clock.instant()));
    RetentionRule rule = TickConfiguration.tickRetention(watcher.jdbc, Purges.DEFAULTS);
    assertThat(Purges.purge(watcher, rule)).as("young").isZero();
    watcher.clock.advance(Duration.ofDays(400));

    assertThat(Purges.purge(watcher, rule)).isEqualTo(1);

    assertThat(ticks.ofAgent(List.of("pay"), 0, 10))
        .extracting(Ticks.Change::number)
        .containsExactly(1L, 3L);
  }

  @Test
  void theTickOfASyncThatRunsIsNotForgotten() {
    Ticks ticks = ticks();
    ticks.begin(
        tick("pay", 1, CommitStatus.State.PENDING), watcher.syncByName("a", "a.example/m@v1.0.0"));
    ticks.want(tick("pay", 2, CommitStatus.State.PENDING));
    watcher.clock.advance(Duration.ofDays(400));
    RetentionRule rule = TickConfiguration.tickRetention(watcher.jdbc, Purges.DEFAULTS);

    assertThat(Purges.purge(watcher, rule)).isZero();
    watcher.jdbc.update(
        "update sync set finished_at = ?", ModuleRows.time(watcher.clock.instant()));

    assertThat(Purges.purge(watcher, rule)).isEqualTo(1);
  }

  private Ticks ticks() {
    return new Ticks(watcher.jdbc, watcher.clock);
  }

  private static Tick tick(String source, int commit, CommitStatus.State state) {
    var status = new CommitStatus(state, "text", URI.create("https://modgate.example.com/1"));
    return new Tick(source, "pay/api", "%040x".formatted(commit), status);
  }
}
