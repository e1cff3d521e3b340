package dev.modgate.watcher.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.wantlist.TestAgent;
import dev.modgate.watcher.wantlist.WantList;
import dev.modgate.watcher.wantlist.WantListReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentSenderTest extends OnEachDatabase {
  private final List<String> told = new ArrayList<>();
  private RecordingServer server;
  private Watcher route;
  private AgentSender sender;

  @BeforeEach
  void assemble() throws Exception {
    server = RecordingServer.start();
    route = new Watcher(server.url(), Optional.empty());
    var out = new AgentOut(watcher.jdbc, TestAgent.KEY, watcher.clock);
    sender =
        new AgentSender(
            out,
            route,
            watcher.jdbc,
            (repositories, status) -> told.add(repositories + " " + status.sentences()),
            watcher.clock);
    out.add("payments", TestAgent.COMMIT, TestAgent.lines());
    watcher.jdbc.update(
        "insert into commit_seen (source, repository, commit_id, ref, found_by, sentence, found_at)"
            + " values ('payments', 'pay/api', ?, 'refs/heads/main', 'webhook', '',"
            + " current_timestamp)",
        TestAgent.COMMIT);
  }

  @AfterEach
  void close() throws Exception {
    route.close();
    server.close();
  }

  @Test
  void whatCrossesIsTheListAndNothingBesides() throws Exception {
    server.answer(202, "taken 1767225600000: 2 modules are needed");

    sender.sendDue();

    String list = watcher.jdbc.queryForObject("select content from agent_out", String.class);
    assertThat(new String(server.requests().getFirst(), UTF_8))
        .isEqualTo(
            "POST /agent/v1/want-lists HTTP/1.1\r\nContent-Length: "
                + String.valueOf(list).getBytes(UTF_8).length
                + "\r\nHost: 127.0.0.1:"
                + server.url().getPort()
                + "\r\nUser-Agent: modgate\r\n\r\n"
                + list);
    assertThat(state()).isEqualTo("sent taken 1767225600000: 2 modules are needed");
  }

  @Test
  void aWatcherThatIsDownIsTriedAgainWithBackOff() throws Exception {
    server.answer(503, "not now");
    sender.sendDue();
    sender.sendDue();
    assertThat(server.requests()).hasSize(1);
    assertThat(state()).isEqualTo("waiting the watcher answered 503: not now");

    watcher.clock.advance(Duration.ofSeconds(1));
    server.answer(202, "taken");
    sender.sendDue();

    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().getLast()).isEqualTo(server.requests().getFirst());
    assertThat(state()).isEqualTo("sent taken");
  }

  @Test
  void whatIsRefusedIsNotSentAgainAndFailsItsCommit() throws Exception {
    server.answer(422, "private-path: line 1 names …");
    sender.sendDue();
    watcher.clock.advance(Duration.ofDays(1));
    sender.sendDue();

    assertThat(server.requests()).hasSize(1);
    assertThat(state()).isEqualTo("refused private-path: line 1 names …");
    assertThat(told)
        .containsExactly(
            "[pay/api] [the watcher refused the want list: private-path: line 1 names …]");
  }

  @Test
  void whatSomebodyCanSetRightIsAskedAgainWithAFreshList() throws Exception {
    postpone();
    sender.sendDue();
    assertThat(server.requests()).hasSize(1);

    watcher.clock.advance(Duration.ofHours(1));
    server.answer(202, "taken");
    sender.sendDue();

    assertThat(state()).isEqualTo("sent taken");
    assertThat(server.requests()).hasSize(2);
    WantList first = list(server.requests().getFirst());
    WantList fresh = list(server.requests().getLast());
    assertThat(fresh.lines()).isEqualTo(first.lines());
    assertThat(fresh.header().commit()).isEqualTo(TestAgent.COMMIT);
    assertThat(fresh.header().number()).isGreaterThan(first.header().number());
    assertThat(fresh.header().created()).isEqualTo(TestAgent.NOW.plus(Duration.ofHours(1)));
  }

  @Test
  void aNewStartAsksAgainAtOnce() throws Exception {
    postpone();
    server.answer(202, "taken");

    sender.start();
    await().untilAsserted(() -> assertThat(state()).isEqualTo("sent taken"));

    sender.close();
    assertThat(server.requests()).hasSize(2);
  }

  private void postpone() throws InterruptedException {
    server.answer(409, "unknown-source: there is no source payments here");
    sender.sendDue();

    assertThat(state()).isEqualTo("postponed unknown-source: there is no source payments here");
    assertThat(told)
        .containsExactly(
            "[pay/api] [the watcher refused the want list: unknown-source: there is no source"
                + " payments here]");
  }

  private static WantList list(byte[] request) throws Exception {
    String text = new String(request, UTF_8);
    byte[] body = text.substring(text.indexOf("\r\n\r\n") + 4).getBytes(UTF_8);
    return WantListReader.open(new ByteArrayInputStream(body), TestAgent::pinned).lines();
  }

  @Test
  void anAnswerWithoutEndAndARedirectAreNoAnswers() throws Exception {
    server.answer(307, "http://127.0.0.1:1/");
    sender.sendDue();
    assertThat(state()).startsWith("waiting the watcher answered 307");

    server.answer(202, "x".repeat(2 << 20));
    watcher.clock.advance(Duration.ofSeconds(1));
    sender.sendDue();
    assertThat(state()).isEqualTo("waiting the watcher's answer has no end");
  }

  @Test
  void nobodyListeningIsNotNow() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> {
          try (var nobody = new Watcher(URI.create("http://127.0.0.1:1"), Optional.empty())) {
            nobody.deliver(1, new byte[0]);
          }
        });
  }

  @Test
  void waitsDoubleUpToFiveMinutes() {
    assertThat(List.of(0, 1, 5, 9, 1_000).stream().map(AgentSender::waitAfter))
        .extracting(Duration::toSeconds)
        .containsExactly(1L, 2L, 32L, 300L, 300L);
  }

  private String state() {
    return String.valueOf(
        watcher.jdbc.queryForObject(
            "select state || ' ' || sentence from agent_out", String.class));
  }
}
