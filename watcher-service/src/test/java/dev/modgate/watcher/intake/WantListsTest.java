package dev.modgate.watcher.intake;

import static dev.modgate.watcher.database.Answers.rejected;
import static dev.modgate.watcher.wantlist.TestAgent.line;
import static dev.modgate.watcher.wantlist.TestAgent.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.retention.Purges;
import dev.modgate.watcher.wantlist.Refusal;
import dev.modgate.watcher.wantlist.TestAgent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WantListsTest extends OnEachDatabase {
  private static final String TEXT = "golang.org/x/text@v0.14.0";
  private static final String LIST =
      list(100, "payments", line(TEXT, false), line(TEXT, true), line("rsc.io/quote@v1.5.2", true));

  private IntakeParts intake;

  @BeforeEach
  void assemble() {
    intake = new IntakeParts(watcher);
  }

  @Test
  void aListBecomesOneSyncOfItsCommit() throws Exception {
    String sentence = intake.taken(LIST);

    assertThat(sentence).isEqualTo("2 modules are needed");
    assertThat(watcher.jdbc.queryForMap("select * from commit_seen"))
        .containsEntry("source", "payments")
        .containsEntry("repository", "payments")
        .containsEntry("commit_id", TestAgent.COMMIT)
        .containsEntry("found_by", "agent")
        .containsEntry("run_id", null);
    assertThat(watcher.jdbc.queryForObject("select label from sync", String.class))
        .isEqualTo("payments@3f2a0c0d8f0b");
    assertThat(watcher.requests())
        .extracting(request -> request.module() + " " + request.want())
        .containsExactlyInAnyOrder(TEXT + " " + Want.ZIP, "rsc.io/quote@v1.5.2 " + Want.MOD);
    assertThat(watcher.jdbc.queryForList("select file from claim", String.class))
        .containsOnly("inner-1-100.want")
        .hasSize(3);
  }

  @Test
  void theSameBytesAgainAreAnsweredAsTakenAndChangeNothing() throws Exception {
    String first = intake.taken(LIST);

    assertThat(intake.taken(LIST)).isEqualTo(first);
    assertThat(watcher.count("sync")).isEqualTo(1);
    assertThat(watcher.count("want_list")).isEqualTo(1);
  }

  @Test
  void anotherListOfTheSameNumberIsAReplay() throws Exception {
    intake.taken(LIST);

    assertThat(intake.refused(list(100, "payments"))).isEqualTo(Refusal.REPLAYED);
  }

  @Test
  void carriedListsMayComeOutOfOrder() throws Exception {
    intake.taken(LIST);

    intake.taken(list(99, "payments"));

    assertThat(watcher.count("want_list")).isEqualTo(2);
    assertThat(watcher.count("sync")).as("of one commit").isEqualTo(1);
  }

  @Test
  void aNumberBelowAllThatAreRememberedIsAReplay() throws Exception {
    var rows = new ArrayList<Object[]>();
    for (int number = 200; number < 200 + TakenLists.WINDOW; number++) {
      rows.add(new Object[] {number});
    }
    watcher.jdbc.batchUpdate(
        "insert into want_list (agent, number, sha256, source, commit_id, line_count, via,"
            + " sentence, made_at, received_at) values ('inner-1', ?, '', '', '', 0, 'http', '',"
            + " current_timestamp, current_timestamp)",
        rows);

    assertThat(intake.refused(list(199, "payments"))).isEqualTo(Refusal.REPLAYED);
    intake.taken(list(200 + TakenLists.WINDOW, "payments"));
    assertThat(intake.refused(list(200, "payments"))).isEqualTo(Refusal.REPLAYED);
    assertThat(watcher.count("want_list")).isEqualTo(TakenLists.WINDOW);
  }

  @Test
  void aNumberUpToThoseThatAreForgottenIsAReplay() throws Exception {
    intake.taken(LIST);
    watcher.clock.advance(Purges.DEFAULTS.agents());
    var rule = IntakeConfiguration.wantListRetention(watcher.jdbc, Purges.DEFAULTS);
    assertThat(Purges.purge(watcher, rule)).as("not older yet").isZero();
    intake.taken(made(200));
    watcher.clock.advance(Duration.ofSeconds(1));

    assertThat(Purges.purge(watcher, rule)).isEqualTo(1);

    for (long number : List.of(1L, 99L, 100L)) {
      assertThat(intake.refused(made(number))).isEqualTo(Refusal.REPLAYED);
    }
    intake.taken(made(101));
    assertThat(watcher.jdbc.queryForList("select number from want_list", Long.class))
        .containsExactlyInAnyOrder(101L, 200L);
    assertThat(watcher.count("agent_peer")).isEqualTo(1);
  }

  /// Just now.
  private String made(long number) {
    Instant now = watcher.clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return list(number, "payments", now, line(TEXT, false));
  }

  @Test
  void aListIsTakenOnceWhereTheWatcherIsKilledBeforeItAnswers() throws Exception {
    watcher.crashes.loseNextCommit(); // of the sync: its number is noted
    assertThatThrownBy(() -> intake.taken(LIST)).isInstanceOf(Crashes.CrashException.class);

    assertThat(watcher.count("sync")).isZero();
    assertThat(intake.refused(list(100, "payments"))).isEqualTo(Refusal.REPLAYED);
    assertThat(intake.taken(LIST)).isEqualTo("2 modules are needed");
    assertThat(watcher.count("sync")).isEqualTo(1);
  }

  @Test
  void aListIsTakenOnceWhereTheWatcherIsKilledBetweenSyncAndNote() throws Exception {
    intake.taken(LIST);
    watcher.jdbc.update("update want_list set sentence = null");

    assertThat(intake.taken(LIST)).isEqualTo("seen before: 2 modules are needed");
    assertThat(watcher.count("sync")).isEqualTo(1);
  }

  @Test
  void listsAtTheSameTimeMakeOneSync() throws Exception {
    var together = new CyclicBarrier(4);
    var tasks = new ArrayList<Callable<String>>();
    for (int i = 0; i < 4; i++) {
      String list = i % 2 == 0 ? LIST : list(101, "payments", line(TEXT, false));
      tasks.add(() -> {
        together.await();
        return intake.taken(list);
      });
    }

    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var taken : threads.invokeAll(tasks)) {
        assertThat(taken.get()).isNotEmpty();
      }
    }
    assertThat(watcher.count("sync")).isEqualTo(1);
    assertThat(watcher.count("want_list")).isEqualTo(2);
  }

  @Test
  void anOldOneAndOneOfTheFutureAreRefused() throws Exception {
    assertThat(intake.refused(listOf(Duration.ofDays(-30).minusSeconds(1))))
        .isEqualTo(Refusal.OUT_OF_TIME);
    assertThat(intake.refused(listOf(Duration.ofDays(1).plusSeconds(1))))
        .isEqualTo(Refusal.OUT_OF_TIME);
    intake.taken(listOf(Duration.ofDays(-30)));
  }

  private static String listOf(Duration ago) {
    return list(7, "payments", TestAgent.NOW.plus(ago));
  }

  @Test
  void aSourceIsOnlyItsOwnAgents() throws Exception {
    assertThat(intake.refused(list(1, "unknown"))).isEqualTo(Refusal.UNKNOWN_SOURCE);
    assertThat(intake.refused(list(2, "of-another-agent"))).isEqualTo(Refusal.FOREIGN_SOURCE);
    assertThat(intake.refused(list(3, "of-the-watcher"))).isEqualTo(Refusal.FOREIGN_SOURCE);
    assertThat(watcher.count("want_list")).isZero();
  }

  @Test
  void aListThatNamesAPrivatePathIsRefusedAndTheNameIsKeptNowhere() throws Exception {
    String list =
        list(1, "payments", line(TEXT, false), line("x.corp.example/secret@v1.0.0", true));

    assertThat(intake.refused(list)).isEqualTo(Refusal.PRIVATE_PATH);
    assertThat(intake.newest().getFirst().sentence())
        .startsWith("line 2 names a module that")
        .doesNotContain("secret");
    assertThat(watcher.count("sync") + watcher.count("outbox") + watcher.count("want_list"))
        .isZero();
  }

  @Test
  void refusalsAreShownAndTheSameInARowIsCounted() throws Exception {
    intake.refused("nonsense");
    intake.refused("nonsense");
    intake.refused(list(1, "unknown"));
    watcher.clock.advance(Duration.ofSeconds(1));
    intake.taken(LIST);

    assertThat(intake.newest())
        .extracting(view -> view.verdict() + " " + view.source() + " " + view.times())
        .containsExactly("taken payments null", "unknown-source unknown 1", "cut-short null 2");
  }

  @Test
  void ofRefusalsTheNewestThousandAreKept() throws Exception {
    for (int i = 0; i < 1_010; i++) {
      intake.refused(list(i + 1, "unknown-" + i));
    }
    for (int i = 0; i < 110; i++) {
      intake.refused("x".repeat(i + 1));
    }

    assertThat(watcher.count("want_list_refused where agent is not null")).isEqualTo(1_000);
    assertThat(watcher.count("want_list_refused where agent is null")).isEqualTo(100);
  }

  @Test
  void aListThatWasTakenIsAnsweredBeforeItsLinesAreLookedAt() throws Exception {
    String first = intake.taken(LIST);

    assertThat(intake.taken(LIST.substring(0, headerEnd()) + "nonsense")).isEqualTo(first);
  }

  private static int headerEnd() {
    return LIST.indexOf("\n\n", LIST.indexOf("\n\n") + 2) + 2;
  }

  @Test
  void linesThatTrickleInKeepNoOtherListWaiting() throws Exception {
    var reached = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var slow =
        new SequenceInputStream(
            new ByteArrayInputStream(LIST.substring(0, headerEnd()).getBytes(UTF_8)),
            waiting(LIST.substring(headerEnd()), reached, goOn));

    try (var threads = Executors.newSingleThreadExecutor()) {
      var first = threads.submit(() -> intake.lists.take(slow, "http"));
      reached.await();
      try {
        intake.taken(list(101, "payments", line(TEXT, false)));
      } finally {
        goOn.countDown();
      }
      assertThat(first.get()).isInstanceOf(WantLists.Outcome.Taken.class);
    }
  }

  private static InputStream waiting(String text, CountDownLatch reached, CountDownLatch goOn) {
    var in = new ByteArrayInputStream(text.getBytes(UTF_8));
    return new InputStream() {
      @Override
      public int read() throws IOException {
        reached.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int next = read();
        if (next < 0 || length == 0) {
          return next < 0 ? -1 : 0;
        }
        bytes[offset] = (byte) next;
        return 1;
      }
    };
  }

  @Test
  void aStreamThatFailsIsNoRefusal() {
    var broken =
        new java.io.InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("reset");
          }
        };

    assertThatThrownBy(() -> intake.lists.take(broken, "http")).hasMessage("reset");
    assertThat(watcher.count("want_list_refused")).isZero();
  }

  @Test
  void aSecondListOfACommitAsksAgainForWhatWasRejected() throws Exception {
    intake.taken(list(100, "payments", line(TEXT, true)));
    intake.taken(list(101, "payments", line(TEXT, true)));
    assertThat(watcher.count("sync")).as("the first one still runs").isEqualTo(1);
    watcher.answer(rejected(watcher.request(), RejectReason.BAD_ZIP));

    intake.taken(list(102, "payments", line(TEXT, true)));

    assertThat(watcher.request().request().attempt()).isEqualTo(2);
    assertThat(watcher.count("commit_seen")).isEqualTo(1);
  }
}
