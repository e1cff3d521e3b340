package dev.modgate.watcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.testsupport.FakeHost;
import dev.modgate.testsupport.Fault;
import dev.modgate.watcher.database.TestClock;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StatusesTest {
  private static final String COMMIT = "1".repeat(40);
  private static final String TOKEN = "token-0123456789";
  private static final URI LINK = URI.create("https://modgate.example.com/api/v1/syncs/1");

  @TempDir Path folder;
  private final FakeHost host = FakeHost.start().requireToken(TOKEN);
  private final TestClock clock = new TestClock();
  private final HostClient client = new HostClient(Duration.ofSeconds(20), () -> 0L, clock);
  private final Statuses statuses = new Statuses(client);

  @BeforeEach
  void writeToken() throws Exception {
    Files.writeString(folder.resolve("token"), TOKEN + "\n");
  }

  @AfterEach
  void close() {
    client.close();
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB, /api/v3, pay/api, pending, success, failure",
    "GITLAB, /api/v4, pay/backend/api, pending, success, failed",
    "GITEA, /api/v1, pay/api, pending, success, failure",
    "BITBUCKET, /2.0, pay/api, INPROGRESS, SUCCESSFUL, FAILED",
    "BITBUCKET, /rest/api/1.0, PAY/api, INPROGRESS, SUCCESSFUL, FAILED",
    "GITEE, /api/v5, pay/api, in_progress, success, failure",
  })
  void eachHostIsToldInItsOwnWords(
      HostKind kind, String root, String name, String pending, String success, String failure)
      throws Exception {
    HostApi api = api(kind, root);

    assertThat(set(api, name, CommitStatus.State.PENDING)).isInstanceOf(HostAnswer.Done.class);
    assertThat(host.status(name, COMMIT)).contains(shown(name, pending, "PENDING"));
    assertThat(set(api, name, CommitStatus.State.FAILURE)).isInstanceOf(HostAnswer.Done.class);
    assertThat(host.status(name, COMMIT)).contains(shown(name, failure, "FAILURE"));
    assertThat(set(api, name, CommitStatus.State.SUCCESS)).isInstanceOf(HostAnswer.Done.class);
    assertThat(host.status(name, COMMIT)).contains(shown(name, success, "SUCCESS"));
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB, /api/v3",
    "GITLAB, /api/v4",
    "GITEA, /api/v1",
    "BITBUCKET, /2.0",
    "BITBUCKET, /rest/api/1.0",
    "GITEE, /api/v5",
  })
  void theSameAgainIsWellToo(HostKind kind, String root) throws Exception {
    HostApi api = api(kind, root);
    for (CommitStatus.State state : CommitStatus.State.values()) {
      var _ = set(api, "pay/api", state);

      assertThat(set(api, "pay/api", state)).isInstanceOf(HostAnswer.Done.class);
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(Fault.status(500, "oops"), "answered 500"),
        Arguments.of(Fault.status(502, "<html>"), "answered 502"),
        Arguments.of(Fault.busy(429, 120), "answered 429"),
        Arguments.of(Fault.html(), "answered 200 with something that is no JSON"),
        Arguments.of(new Fault.Endless(0), "can't be asked"),
        Arguments.of(new Fault.Stall(1), "gave no whole answer"),
        Arguments.of(new Fault.HangUp(), "can't be asked"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void whatMayPassIsTriedLater(Fault fault, String sentence) throws Exception {
    host.fault("POST", fault);
    try (var hasty = new HostClient(Duration.ofSeconds(1), () -> 0L, clock)) {
      var answer = set(new Statuses(hasty), api(HostKind.GITEA, "/api/v1"), "pay/api");

      assertThat(answer)
          .isInstanceOfSatisfying(
              HostAnswer.NotNow.class,
              later -> {
                assertThat(later.sentence()).contains(sentence).doesNotContain(TOKEN);
                assertThat(later.notBefore()).isAfter(clock.instant());
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"401", "403", "404", "422", "400"})
  void whatSomebodyHasToChangeIsRefused(int status) throws Exception {
    host.fault("POST", Fault.status(status, "{\"message\":\"no, " + TOKEN + "\"}"));

    assertThat(set(api(HostKind.GITHUB, "/api/v3"), "pay/api", CommitStatus.State.PENDING))
        .isInstanceOfSatisfying(
            HostAnswer.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.sentence()).contains("answered " + status).doesNotContain(TOKEN);
            });
  }

  @Test
  void noRedirectIsFollowed() throws Exception {
    try (FakeHost elsewhere = FakeHost.start()) {
      host.fault("POST", Fault.redirect(elsewhere.url() + "/api/v3/repos/a/b/statuses/" + COMMIT));

      assertThat(set(api(HostKind.GITHUB, "/api/v3"), "pay/api", CommitStatus.State.PENDING))
          .isInstanceOfSatisfying(
              HostAnswer.Refused.class,
              refused -> assertThat(refused.sentence()).contains("redirect"));
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void aHostThatFailedIsLeftAloneAsLongAsItWishes() throws Exception {
    host.fault("POST", 1, Fault.busy(429, 120));
    HostApi api = api(HostKind.GITEA, "/api/v1");
    var _ = set(api, "pay/api", CommitStatus.State.PENDING);

    clock.advance(Duration.ofSeconds(119));
    assertThat(set(api, "pay/web", CommitStatus.State.PENDING))
        .isEqualTo(
            new HostAnswer.NotAsked(
                api.authority() + " failed just now, or is asked already",
                clock.instant().plusSeconds(1)));
    assertThat(host.requests()).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(set(api, "pay/web", CommitStatus.State.PENDING)).isInstanceOf(HostAnswer.Done.class);
  }

  @Test
  void gitHubsSpentLimitIsWaitedFor() throws Exception {
    long reset = clock.instant().plusSeconds(1_000).getEpochSecond();
    host.fault(
        "POST",
        new Fault.Status(
            403, "{}", Map.of("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "" + reset)));

    assertThat(set(api(HostKind.GITHUB, "/api/v3"), "pay/api", CommitStatus.State.PENDING))
        .isInstanceOfSatisfying(
            HostAnswer.NotNow.class,
            later -> assertThat(later.notBefore()).isEqualTo(clock.instant().plusSeconds(1_000)));
  }

  @Test
  void aTokenIsReadEachTimeAndNeverShown() throws Exception {
    HostApi api = api(HostKind.GITEA, "/api/v1");
    Files.writeString(folder.resolve("token"), "another");
    assertThat(set(api, "pay/api", CommitStatus.State.PENDING))
        .isInstanceOf(HostAnswer.Refused.class);

    Files.writeString(folder.resolve("token"), TOKEN);
    assertThat(set(api, "pay/api", CommitStatus.State.PENDING)).isInstanceOf(HostAnswer.Done.class);

    Files.writeString(folder.resolve("token"), "two\nlines");
    assertThat(set(api, "pay/api", CommitStatus.State.PENDING))
        .isInstanceOfSatisfying(
            HostAnswer.Refused.class,
            refused ->
                assertThat(refused.sentence()).endsWith("is no token").doesNotContain("lines"));
    Files.delete(folder.resolve("token"));
    assertThat(set(api, "pay/api", CommitStatus.State.PENDING))
        .isInstanceOfSatisfying(
            HostAnswer.Refused.class,
            refused -> assertThat(refused.sentence()).contains("does not exist"));
  }

  private HostApi api(HostKind kind, String root) {
    var found =
        HostApi.find(
            kind,
            Optional.of(URI.create(host.url() + root)),
            GitUrl.parse("https://git.example.com/pay/api"));
    return ((HostApi.Found.Api) found).api();
  }

  private HostAnswer set(HostApi api, String name, CommitStatus.State state) throws Exception {
    return statuses.set(
        api,
        access(),
        RepositoryPath.parse(name),
        COMMIT,
        new CommitStatus(state, state + "", LINK));
  }

  private HostAnswer set(Statuses by, HostApi api, String name) throws Exception {
    var status = new CommitStatus(CommitStatus.State.PENDING, "text", LINK);
    return by.set(api, access(), RepositoryPath.parse(name), COMMIT, status);
  }

  private Source.Access access() {
    return new Source.Access(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(SecretRef.parse("file:" + folder.resolve("token"))),
        Optional.empty());
  }

  private static FakeHost.Status shown(String name, String state, String description) {
    return new FakeHost.Status(name, COMMIT, state, description, LINK.toString(), "modgate");
  }

  @ParameterizedTest
  @CsvSource({"403", "429"})
  void gitHubsSecondaryLimitIsWaitedForThoughItNamesNoTime(int status) throws Exception {
    String message = "You have exceeded a secondary rate limit. Please wait a few minutes.";
    host.fault("POST", Fault.status(status, "{\"message\":\"" + message + "\"}"));

    assertThat(set(api(HostKind.GITHUB, "/api/v3"), "pay/api", CommitStatus.State.PENDING))
        .isInstanceOfSatisfying(
            HostAnswer.NotNow.class,
            later -> assertThat(later.notBefore()).isEqualTo(clock.instant().plusSeconds(60)));
  }
}
