package dev.modgate.watcher.wantlist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusPageTest {
  private static final StatusPage PAGE =
      new StatusPage(
          "inner-1",
          4,
          TestAgent.NOW,
          List.of(
              new StatusPage.Numbered(5, status(CommitStatus.State.PENDING, "0 of 3")),
              new StatusPage.Numbered(
                  9, status(CommitStatus.State.FAILURE, "2 of 3", "example.com/m@v1.0.0: …"))));

  private static CommitStatus status(CommitStatus.State state, String... sentences) {
    return new CommitStatus("payments", TestAgent.COMMIT, state, 3, 2, 1, List.of(sentences));
  }

  @Test
  void readsWhatItWrote() throws Exception {
    byte[] written = PAGE.write(TestAgent.WATCHER).getBytes(UTF_8);

    assertThat(open(written)).isEqualTo(PAGE);
    assertThat(PAGE.fileName()).isEqualTo("inner-1-status-9.status");
    assertThat(PAGE.through()).isEqualTo(9);
  }

  @Test
  void sentencesAreCutAndStayOnTheirLine() throws Exception {
    var page =
        new StatusPage(
            "inner-1",
            0,
            TestAgent.NOW,
            List.of(
                new StatusPage.Numbered(
                    1,
                    status(
                        CommitStatus.State.FAILURE,
                        "a\n\n— modgate-watcher forged\u001b[2J",
                        "\ud83d\ude00".repeat(400)))));

    StatusPage read = open(page.write(TestAgent.WATCHER).getBytes(UTF_8));

    List<String> sentences = read.statuses().getFirst().status().sentences();
    assertThat(sentences.getFirst()).isEqualTo("a\\u000a\\u000a— modgate-watcher forged\\u001b[2J");
    assertThat(sentences.getLast().length()).isLessThanOrEqualTo(CommitStatus.MOST_CHARACTERS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "failure 3 2 1 | success 3 3 0 | WRONG_SIGNATURE",
        "agent inner-1 | agent inner-2 | WRONG_SIGNATURE",
        "modgate-watcher | somebody-else | UNKNOWN_KEY"
      })
  void whatWasChangedIsNotBelieved(String from, String to, Refusal refusal) {
    String changed = PAGE.write(TestAgent.WATCHER).replace(from, to);

    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> open(changed.getBytes(UTF_8)));

    assertThat(Objects.requireNonNull(refused).refusal()).isEqualTo(refusal);
  }

  @Test
  void aWantListOfTheSameKeyIsNoStatus() {
    byte[] note =
        new StatusRequest("inner-1", 4, TestAgent.NOW).write(TestAgent.WATCHER).getBytes(UTF_8);

    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> open(note));

    assertThat(Objects.requireNonNull(refused).sentence()).contains("want \"modgate statuses 1\"");
  }

  @Test
  void aRequestHoldsForFiveMinutes() throws Exception {
    var asked = new StatusRequest("inner-1", 4, TestAgent.NOW);
    byte[] note = asked.write(TestAgent.KEY).getBytes(UTF_8);

    assertThat(request(note, Duration.ofMinutes(5))).isEqualTo(asked);
    assertThat(request(note, Duration.ofMinutes(-5))).isEqualTo(asked);
    assertThat(refusedRequest(note, Duration.ofSeconds(301))).isEqualTo(Refusal.OUT_OF_TIME);
    assertThat(refusedRequest(note, Duration.ofSeconds(-301))).isEqualTo(Refusal.OUT_OF_TIME);
  }

  @Test
  void aRequestOfAnotherKeyIsRefused() {
    byte[] foreign =
        new StatusRequest("inner-1", 4, TestAgent.NOW)
            .write(TestAgent.key("inner-1", 5))
            .getBytes(UTF_8);
    byte[] unknown =
        new StatusRequest("inner-2", 4, TestAgent.NOW)
            .write(TestAgent.key("inner-2", 5))
            .getBytes(UTF_8);

    assertThat(refusedRequest(foreign, Duration.ZERO)).isEqualTo(Refusal.UNKNOWN_KEY);
    assertThat(refusedRequest(unknown, Duration.ZERO)).isEqualTo(Refusal.UNKNOWN_KEY);
    assertThat(refusedRequest(new byte[0], Duration.ZERO)).isEqualTo(Refusal.MALFORMED);
  }

  private static StatusRequest request(byte[] note, Duration later) throws RefusedException {
    return StatusRequest.open(note, TestAgent::pinned, TestAgent.NOW.plus(later));
  }

  private static Refusal refusedRequest(byte[] note, Duration later) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> request(note, later));
    return Objects.requireNonNull(refused).refusal();
  }

  private static StatusPage open(byte[] bytes) throws RefusedException {
    return StatusPage.open(bytes, List.of(TestAgent.WATCHER.verifierKey()));
  }
}
