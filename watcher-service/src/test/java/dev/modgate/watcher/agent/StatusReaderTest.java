package dev.modgate.watcher.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.note.SigningKey;
import dev.modgate.watcher.carry.InFolder;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.wantlist.CommitStatus;
import dev.modgate.watcher.wantlist.CommitStatus.State;
import dev.modgate.watcher.wantlist.RefusedException;
import dev.modgate.watcher.wantlist.StatusPage;
import dev.modgate.watcher.wantlist.TestAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusReaderTest extends OnEachDatabase {
  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private HeardStatuses heard;

  @BeforeEach
  void assemble() {
    heard =
        new HeardStatuses(
            watcher.jdbc,
            watcher.transaction,
            (repositories, status) -> told.add(repositories + " " + status.state()));
    for (String repository : List.of("pay/api", "pay/fork")) {
      watcher.jdbc.update(
          "insert into commit_seen (source, repository, commit_id, ref, found_by, sentence,"
              + " found_at) values ('payments', ?, ?, 'refs/heads/main', 'webhook', '',"
              + " current_timestamp)",
          repository,
          TestAgent.COMMIT);
    }
  }

  private static String page(String agent, SigningKey key, long after, long number, State state) {
    var status =
        new CommitStatus("payments", TestAgent.COMMIT, state, 1, 1, 0, List.of("a sentence"));
    return new StatusPage(
            agent, after, TestAgent.NOW, List.of(new StatusPage.Numbered(number, status)))
        .write(key);
  }

  private static String page(long after, long number, State state) {
    return page(TestAgent.NAME, TestAgent.WATCHER, after, number, state);
  }

  private StatusReader reader(StatusReader.From from) {
    return new StatusReader(
        from,
        List.of(TestAgent.WATCHER.verifierKey()),
        heard,
        Duration.ofSeconds(1),
        watcher.clock);
  }

  private StatusReader carried() {
    var names = Pattern.compile("inner-1-status-([0-9]{1,19})\\.status");
    return reader(
        new StatusReader.From.Folder(new InFolder(folder, names, watcher.clock), "inner-1"));
  }

  private void put(long number, String content) throws IOException {
    Files.writeString(folder.resolve("inner-1-status-" + number + ".status"), content);
  }

  @Test
  void carriedStatusesReachEachRepositoryThatHasTheCommit() throws Exception {
    put(5, page(0, 5, State.PENDING));
    put(9, page(5, 9, State.SUCCESS));

    carried().read();

    assertThat(told).containsExactly("[pay/api, pay/fork] PENDING", "[pay/api, pay/fork] SUCCESS");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anOlderStatusThatComesLaterOrAgainChangesNothing() throws Exception {
    put(9, page(5, 9, State.SUCCESS));
    carried().read();
    put(5, page(0, 5, State.PENDING));
    put(9, page(5, 9, State.SUCCESS));
    carried().read();

    assertThat(told).containsExactly("[pay/api, pay/fork] SUCCESS");
  }

  @Test
  void whatTheWatcherDidNotSignIsSetAside() throws Exception {
    put(5, page("inner-1", TestAgent.KEY, 0, 5, State.SUCCESS));
    put(6, page(5, 6, State.FAILURE).replace("failure", "success"));
    StatusReader reader = carried();
    reader.read();
    watcher.clock.advance(InFolder.SETTLED);
    reader.read();

    assertThat(told).isEmpty();
    assertThat(folder.resolve("refused/inner-1-status-5.status")).exists();
    assertThat(folder.resolve("refused/inner-1-status-6.status")).exists();
  }

  @Test
  void asksBySignatureForWhatIsBehindTheLastOne() throws Exception {
    try (var server = RecordingServer.start();
        var route = new Watcher(server.url(), Optional.empty())) {
      StatusReader reader = reader(new StatusReader.From.Http(route, TestAgent.KEY));
      server.answer(200, page(0, 7, State.PENDING));
      reader.read();
      server.answer(200, page(7, 8, State.SUCCESS));
      reader.read();

      assertThat(told)
          .containsExactly("[pay/api, pay/fork] PENDING", "[pay/api, pay/fork] SUCCESS");
      assertThat(new String(server.requests().getLast(), UTF_8))
          .contains(
              "User-Agent: modgate\r\n\r\nmodgate status request 1\nagent inner-1\nafter 7\ntime"
                  + " 2026-01-01T00:00:00Z\n\n");
    }
  }

  @Test
  void anAnswerToAnotherQuestionIsNotBelieved() throws Exception {
    try (var server = RecordingServer.start();
        var route = new Watcher(server.url(), Optional.empty())) {
      StatusReader reader = reader(new StatusReader.From.Http(route, TestAgent.KEY));

      server.answer(200, page(3, 7, State.SUCCESS));
      assertThatThrownBy(reader::read).hasMessageContaining("after 3, want inner-1 after 0");
      server.answer(200, page("inner-2", TestAgent.WATCHER, 0, 7, State.SUCCESS));
      assertThatThrownBy(reader::read).hasMessageContaining("are for inner-2");
      server.answer(200, page("inner-1", TestAgent.KEY, 0, 7, State.SUCCESS));
      assertThatThrownBy(reader::read).isInstanceOf(RefusedException.class);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void aCommitOfWhichAFileCannotBeReadFailsWhateverTheWatcherSays() {
    watcher.jdbc.update(
        "update commit_seen set unread = 'can''t be read: go.sum' where repository = 'pay/fork'");
    StatusReceiver receiver =
        (repositories, status) -> told.add(repositories + " " + status.sentences());

    receiver.received(
        watcher.jdbc,
        new CommitStatus(
            "payments", TestAgent.COMMIT, State.SUCCESS, 1, 1, 0, List.of("a sentence")));

    assertThat(told)
        .containsExactlyInAnyOrder(
            "[pay/api] [a sentence]", "[pay/fork] [can't be read: go.sum, a sentence]");
  }
}
