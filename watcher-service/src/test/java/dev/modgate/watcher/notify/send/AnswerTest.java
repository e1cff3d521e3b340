package dev.modgate.watcher.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.database.TestClock;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.Language;
import dev.modgate.watcher.notify.message.Composer;
import dev.modgate.watcher.notify.message.Concerned;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.notify.message.Told;
import dev.modgate.watcher.notify.send.FakeReceiver.Mood;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a receiver's answer is taken for.
final class AnswerTest {
  private final TestClock clock = new TestClock();
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "0 | 200 | anything | Delivered | 0",
        "0 | 204 | ^^ | Delivered | 0",
        "0 | 410 | ^^ | Gone | 0",
        "0 | 404 | gone fishing | Refused | 0",
        "0 | 301 | ^^ | Refused | 0",
        "0 | 503 | ^^ | NotNow | 0",
        "1 | 200 | ok | Delivered | 0",
        "1 | 200 | no | Refused | 0",
        "1 | 404 | no_service | Refused | 0",
        "1 | 410 | channel_is_archived | Refused | 0",
        "2 | 200 | {\"errcode\":0,\"errmsg\":\"ok\"} | Delivered | 0",
        "2 | 200 | {\"errcode\":310000,\"errmsg\":\"sign not match\"} | Refused | 0",
        "2 | 200 | {\"errcode\":130101,\"errmsg\":\"send too fast\"} | NotNow | 600",
        "2 | 200 | {\"errcode\":-1,\"errmsg\":\"busy\"} | NotNow | 0",
        "2 | 200 | <html>login</html> | NotNow | 0",
        "2 | 200 | {} | NotNow | 0",
        "3 | 200 | {\"code\":0,\"msg\":\"success\"} | Delivered | 0",
        "3 | 200 | {\"code\":19021,\"msg\":\"sign match fail\"} | Refused | 0",
        "3 | 200 | {\"code\":11232,\"msg\":\"frequency limited\"} | NotNow | 60",
        "4 | 200 | {\"errcode\":0,\"errmsg\":\"ok\"} | Delivered | 0",
        "4 | 200 | {\"errcode\":45009,\"errmsg\":\"freq\"} | NotNow | 60",
        "4 | 200 | {\"errcode\":93000,\"errmsg\":\"invalid webhook url\"} | Refused | 0",
      })
  void isTakenAsItsServiceMeansIt(
      int service, int status, String body, String expected, int seconds) throws Exception {
    try (var receiver = FakeReceiver.start(TestReceivers.services().get(service), clock)) {
      receiver.be(new Mood.Says(status, Map.of("Location", "http://127.0.0.1:1/"), body));

      Outcome outcome = send(receiver);

      assertThat(outcome.getClass().getSimpleName()).isEqualTo(expected);
      if (outcome instanceof Outcome.NotNow(_, var notBefore)) {
        assertThat(notBefore).isEqualTo(clock.instant().plusSeconds(seconds));
      }
    }
  }

  @Test
  void theReceiversWishIsHeard() throws Exception {
    try (var receiver = FakeReceiver.start(new Service.Slack(), clock)) {
      receiver.be(new Mood.Says(429, Map.of("Retry-After", "120"), "slow down"));

      assertThat(send(receiver))
          .isInstanceOfSatisfying(
              Outcome.NotNow.class,
              later -> assertThat(later.notBefore()).isEqualTo(clock.instant().plusSeconds(120)));
    }
  }

  @Test
  void noSentenceRepeatsWhatLetsSomebodyIn() throws Exception {
    try (var receiver = FakeReceiver.start(new Service.Slack(), clock)) {
      receiver.be(new Mood.Says(404, "no service SLACKtoken"));

      assertThat(send(receiver))
          .isEqualTo(new Outcome.Refused(receiver.url().getAuthority() + " answered 404"));
      receiver.refuse();
      assertThat(send(receiver).toString()).doesNotContain("slacktoken");
    }
  }

  @Test
  void nobodyWaitsForOneThatIsSilentOrDoesNotEnd() throws Exception {
    try (var receiver = FakeReceiver.start(new Service.Slack(), clock)) {
      receiver.be(new Mood.Silent());
      assertThat(send(receiver)).isInstanceOf(Outcome.NotNow.class);

      receiver.be(new Mood.Endless());
      assertThat(send(receiver)).isInstanceOf(Outcome.NotNow.class);
    }
  }

  @Test
  void aSecretThatIsGoneIsSaidByItsReference() throws Exception {
    var service = new Service.StandardWebhooks(List.of(TestReceivers.WEBHOOK_SECRET));
    try (var receiver = FakeReceiver.start(service, clock);
        var senders = new Senders(Duration.ofMillis(500), clock)) {
      Channel channel = TestReceivers.channel("ops", receiver, folder);
      try (var files = java.nio.file.Files.list(folder)) {
        for (Path file : files.toList()) {
          java.nio.file.Files.delete(file);
        }
      }

      assertThat(senders.send(channel, message()))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.sentence())
                      .startsWith("secret \"file:")
                      .endsWith(" does not exist"));
    }
  }

  private Outcome send(FakeReceiver receiver) throws Exception {
    try (var senders = new Senders(Duration.ofMillis(500), clock)) {
      return senders.send(TestReceivers.channel("ops", receiver, folder), message());
    }
  }

  private Message message() {
    var told = new Told(clock.instant(), new Happening.Trial(), Concerned.NOBODY);
    var composer = new Composer(Language.EN, 20, URI.create("https://modgate.example.com"));
    return new Message("msg_1", clock.instant(), List.of(told), composer, false);
  }
}
