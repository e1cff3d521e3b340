package dev.modgate.watcher.intake;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.wantlist.TestAgent.line;
import static dev.modgate.watcher.wantlist.TestAgent.list;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.watcher.carry.InFolder;
import dev.modgate.watcher.carry.OutFolder;
import dev.modgate.watcher.database.Answers;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.wantlist.CommitStatus;
import dev.modgate.watcher.wantlist.StatusPage;
import dev.modgate.watcher.wantlist.TestAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriedListsTest extends OnEachDatabase {
  private static final String LIST = list(5, "payments", line("rsc.io/quote@v1.5.2", false));

  @TempDir Path folder;

  private IntakeParts intake;
  private CarriedLists carried;
  private InFolder in;

  @BeforeEach
  void assemble() {
    intake = new IntakeParts(watcher);
    carried =
        new CarriedLists(
            IntakeParts.agents(folder, folder.resolve("out")),
            intake.lists,
            intake.statuses,
            TestAgent.WATCHER,
            watcher.clock);
    in = new InFolder(folder, Pattern.compile("inner-1-([0-9]{1,19})\\.want"), watcher.clock);
    intake.statuses.know(List.of(TestAgent.NAME));
  }

  @AfterEach
  void close() {
    carried.close();
  }

  @Test
  void whatWasTakenIsDeletedAndWhatIsNoListIsLeftAlone() throws Exception {
    Path list = put("inner-1-5.want", LIST);
    Path strange = put("README.txt", "carry me");

    carried.read(in);

    assertThat(list).doesNotExist();
    assertThat(strange).exists();
    assertThat(watcher.count("sync")).isEqualTo(1);
  }

  @Test
  void aFileThatIsStillBeingWrittenIsWaitedFor() throws Exception {
    Path file = put("inner-1-5.want", LIST.substring(0, LIST.length() - 10));
    carried.read(in);
    watcher.clock.advance(InFolder.SETTLED.minusSeconds(1));
    carried.read(in);
    assertThat(watcher.count("want_list_refused")).isZero();

    put("inner-1-5.want", LIST);
    carried.read(in);

    assertThat(file).doesNotExist();
    assertThat(watcher.count("sync")).isEqualTo(1);
    assertThat(watcher.count("want_list_refused")).isZero();
  }

  @Test
  void aFileThatStaysCutIsRefusedOnceAndKeptAside() throws Exception {
    put("inner-1-5.want", LIST.substring(0, LIST.length() - 10));
    for (int i = 0; i < 3; i++) {
      carried.read(in);
      watcher.clock.advance(InFolder.SETTLED);
    }

    assertThat(folder.resolve("refused/inner-1-5.want")).exists();
    assertThat(intake.newest())
        .extracting(view -> view.verdict() + " " + view.via() + " " + view.times())
        .containsExactly("cut-short folder 1");
  }

  @Test
  void aFileThatWasCarriedTwiceIsTakenOnce() throws Exception {
    put("inner-1-5.want", LIST);
    carried.read(in);
    put("inner-1-5.want", LIST);
    put("inner-1-6.want", LIST);
    carried.read(in);

    assertThat(in.files()).isEmpty();
    assertThat(watcher.count("sync")).isEqualTo(1);
    assertThat(watcher.count("want_list_refused")).isZero();
  }

  @Test
  void statusesAreWrittenWhenASyncBeginsAndWhenItEnds() throws Exception {
    intake.taken(LIST);
    intake.statuses.refresh();
    carried.write(TestAgent.NAME, new OutFolder(folder.resolve("out")));
    watcher.answer(published(watcher.request(), Answers.hash("rsc.io/quote@v1.5.2false")));
    intake.statuses.refresh();
    intake.statuses.refresh();
    carried.write(TestAgent.NAME, new OutFolder(folder.resolve("out")));

    assertThat(written())
        .extracting(status -> status.state() + " " + status.sentences())
        .containsExactly(
            "PENDING [0 of 1 modules are inside]", "SUCCESS [1 of 1 modules are inside]");
  }

  @Test
  void aFailureSaysWhatFailed() throws Exception {
    intake.taken(LIST);
    watcher.answer(Answers.rejected(watcher.request(), RejectReason.BAD_ZIP));
    intake.statuses.refresh();

    CommitStatus status = page(0).statuses().getFirst().status();

    assertThat(status.state()).isEqualTo(CommitStatus.State.FAILURE);
    assertThat(status.rejected()).isEqualTo(1);
    assertThat(status.sentences())
        .containsExactly(
            "0 of 1 modules are inside, 1 were refused or are nowhere to be had",
            "rsc.io/quote@v1.5.2: refused");
  }

  @Test
  void aFailureEndsWhenTheModuleComesInsideForAnother() throws Exception {
    intake.taken(LIST);
    watcher.answer(Answers.rejected(watcher.request(), RejectReason.BAD_ZIP));
    intake.statuses.refresh();
    long failed = page(0).through();
    watcher.sync("a person's", "rsc.io/quote v1.5.2 " + Answers.hash("rsc.io/quote@v1.5.2false"));
    watcher.answer(published(watcher.request(), Answers.hash("rsc.io/quote@v1.5.2false")));

    intake.statuses.refresh();
    assertThat(page(failed).statuses()).isEmpty();
    watcher.clock.advance(Duration.ofMinutes(15));
    intake.statuses.refresh();

    assertThat(page(failed).statuses().getFirst().status().state())
        .isEqualTo(CommitStatus.State.SUCCESS);
  }

  @Test
  void aLineThatClaimsAnotherHashFailsTheCommit() throws Exception {
    watcher.syncByName("before", "rsc.io/quote@v1.5.2");
    watcher.answer(published(watcher.request(), HASH));
    intake.taken(LIST);
    intake.statuses.refresh();

    assertThat(page(0).statuses().getFirst().status().sentences().getLast())
        .contains("inner-1-5.want:1 claims");
  }

  @Test
  void aStatusFileThatWasWrittenAndNotNotedIsNoObstacle() throws Exception {
    var out = new OutFolder(folder.resolve("out"));
    intake.taken(LIST);
    intake.statuses.refresh();
    carried.write(TestAgent.NAME, out);
    watcher.jdbc.update("update agent_peer set written = 0"); // killed in between
    watcher.clock.advance(Duration.ofMinutes(1));

    carried.write(TestAgent.NAME, out);

    assertThat(written()).hasSize(1);
    assertThat(intake.statuses.written(TestAgent.NAME)).isEqualTo(page(0).through());
  }

  @Test
  void manyFailuresKeepNoNewerOneFromEnding() throws Exception {
    String failed = watcher.sync("a person's", "rsc.io/sampler v1.3.0 " + HASH);
    watcher.answer(Answers.rejected(watcher.request(), RejectReason.BAD_ZIP));
    failBefore(failed, 450);
    intake.taken(LIST);
    watcher.answer(Answers.rejected(watcher.request(), RejectReason.BAD_ZIP));
    intake.statuses.refresh();
    long last = page(watcher.clock.millis() - 1).through();
    watcher.sync("another's", "rsc.io/quote v1.5.2 " + Answers.hash("rsc.io/quote@v1.5.2false"));
    watcher.answer(published(watcher.request(), Answers.hash("rsc.io/quote@v1.5.2false")));

    watcher.clock.advance(Duration.ofMinutes(15));
    intake.statuses.refresh();

    assertThat(page(last).statuses())
        .extracting(status -> status.status().state() + " " + status.status().commit())
        .containsExactly("SUCCESS " + TestAgent.COMMIT);
  }

  /// Commits of one sync.
  private void failBefore(String sync, int many) {
    var commits = new java.util.ArrayList<Object[]>();
    var statuses = new java.util.ArrayList<Object[]>();
    for (int i = 0; i < many; i++) {
      String commit = "%040x".formatted(i);
      commits.add(new Object[] {commit, sync});
      statuses.add(new Object[] {commit, watcher.clock.millis() - many + i});
    }
    watcher.jdbc.batchUpdate(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, sync_id, sentence,"
            + " found_at) values ('payments', 'payments', ?, '', 'agent', ?, '',"
            + " current_timestamp)",
        commits);
    watcher.jdbc.batchUpdate(
        "insert into agent_status (agent, source, commit_id, number, state, total, inside,"
            + " rejected, sentences) values ('inner-1', 'payments', ?, ?, 'failure', 1, 0, 1, '')",
        statuses);
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() throws Exception {
    intake.taken(LIST);
    intake.statuses.refresh();
    StatusPage first = page(0);

    assertThat(first.statuses()).hasSize(1);
    assertThat(page(first.through()).statuses()).isEmpty();
  }

  private StatusPage page(long after) {
    return intake.statuses.page(TestAgent.NAME, after);
  }

  private List<CommitStatus> written() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      var statuses = new java.util.ArrayList<StatusPage.Numbered>();
      for (Path file : files.toList()) {
        statuses.addAll(
            StatusPage.open(Files.readAllBytes(file), List.of(TestAgent.WATCHER.verifierKey()))
                .statuses());
      }
      return statuses.stream()
          .sorted(java.util.Comparator.comparingLong(StatusPage.Numbered::number))
          .map(StatusPage.Numbered::status)
          .toList();
    }
  }

  private Path put(String name, String content) throws Exception {
    return Files.writeString(folder.resolve(name), content);
  }
}
