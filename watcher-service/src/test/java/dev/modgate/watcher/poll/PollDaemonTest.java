package dev.modgate.watcher.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.GitDaemon;
import dev.modgate.testsupport.GitRepository;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.git.Readers;
import dev.modgate.watcher.run.RefFollower;
import dev.modgate.watcher.run.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The poller on its own threads, against a real host.
final class PollDaemonTest extends OnEachDatabase {
  @TempDir Path folder;

  @Test
  void aPushIsFoundWithoutAnyWebhook() throws Exception {
    String commit = GitRepository.create(folder, "api").write("go.mod", "module x\n").push();
    var woken = new CountDownLatch(1);
    var sources = new FakeSources();
    var rows = new PollRows(watcher.jdbc, watcher.transaction);
    var missed =
        new Missed(watcher.jdbc, watcher.transaction, Duration.ofMinutes(1), watcher.clock);
    var waits = new Waits(Duration.ofHours(1), () -> 0L);
    var found = new RefPolls.Found(rows, missed, waits, RefFollower.NOBODY, watcher.clock);
    var runs = new Runs(watcher.jdbc, woken::countDown, watcher.clock);

    try (var daemon = GitDaemon.start(folder);
        var poller =
            new Poller(
                sources,
                new RefPolls(
                    watcher.jdbc,
                    watcher.transaction,
                    Readers.reader(folder.resolve("read")),
                    runs,
                    found),
                found,
                2)) {
      sources.put("pay", daemon.url("api"));
      poller.start();

      assertThat(woken.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(watcher.jdbc.queryForList("select commit_id from run_ref", String.class))
        .containsExactly(commit);
  }
}
