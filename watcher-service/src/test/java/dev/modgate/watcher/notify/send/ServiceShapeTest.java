package dev.modgate.watcher.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.RejectReason;
import dev.modgate.pipeline.event.StageName;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.database.TestClock;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.channel.Channel;
import dev.modgate.watcher.notify.channel.ChannelKind;
import dev.modgate.watcher.notify.channel.Language;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.message.Composer;
import dev.modgate.watcher.notify.message.Concerned;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.notify.message.Told;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// What is sent has the shape and the signature that each service demands.
final class ServiceShapeTest {
  private static final URI SITE = URI.create("https://modgate.example.com");

  /// Of a label, a sentence, a name: all that does something somewhere.
  private static final String NASTY =
      "<!channel> <@U1> <@all> @all [click](https://evil.example) *b* _i_ ~s~ `c` # h\n> q | \\ &lt;"
          + " <font color=\"warning\">x</font> <script>alert(1)</script> \u202e\u0007 ![i](u)";

  private final TestClock clock = new TestClock();
  @TempDir Path folder;

  static Stream<Service> services() {
    return TestReceivers.services().stream();
  }

  @ParameterizedTest
  @MethodSource("services")
  void oneEventIsTaken(Service service) throws Exception {
    try (var receiver = FakeReceiver.start(service, clock)) {
      assertThat(send(receiver, Language.EN, List.of(failed("pay api@0123456789ab"))))
          .isEqualTo(new Outcome.Delivered());

      assertThat(receiver.faults()).isEmpty();
      assertThat(receiver.taken()).hasSize(1);
      assertThat(receiver.taken().getFirst().body())
          .contains("pay api@0123456789ab")
          .contains("https://modgate.example.com/api/v1/syncs/s1");
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void chineseIsTaken(Service service) throws Exception {
    try (var receiver = FakeReceiver.start(service, clock)) {
      assertThat(send(receiver, Language.ZH, List.of(failed("支付"))))
          .isEqualTo(new Outcome.Delivered());

      String body = receiver.taken().getFirst().body();
      assertThat(body).contains("支付");
      assertThat(body.contains("同步失败")).isEqualTo(service.kind() != ChannelKind.WEBHOOK);
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void manyLongEventsFitInOneMessage(Service service) throws Exception {
    List<Told> many =
        IntStream.range(0, 60)
            .mapToObj(i -> told(refused("example.com/m" + i, "字".repeat(4_000))))
            .toList();

    try (var receiver = FakeReceiver.start(service, clock)) {
      assertThat(send(receiver, Language.ZH, many)).isEqualTo(new Outcome.Delivered());

      assertThat(receiver.faults()).isEmpty();
      if (service.kind() != ChannelKind.WEBHOOK) {
        assertThat(receiver.taken().getFirst().body()).contains("另有");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("services")
  void textOfOthersDoesNothing(Service service) throws Exception {
    try (var receiver = FakeReceiver.start(service, clock)) {
      assertThat(
              send(
                  receiver,
                  Language.EN,
                  List.of(failed(NASTY), told(refused("example.com/m", NASTY)))))
          .isEqualTo(new Outcome.Delivered());

      JsonNode json = receiver.taken().getFirst().json();
      switch (service.kind()) {
        case SLACK ->
            assertThat(slackTexts(json))
                .allSatisfy(text ->
                    assertThat(text).doesNotContain("<!", "<@", "*b*", "_i_", "~s~", "`c`"));
        case DINGTALK -> {
          isInert(json.path("markdown").path("text").asString(""));
          assertThat(json.path("at").toString()).isEqualTo("{\"isAtAll\":false}");
        }
        case WECOM -> isInert(json.path("markdown").path("content").asString(""));
        case FEISHU ->
            assertThat(json.findValuesAsString("tag")).containsOnly("text", "a"); // no "at"
        case WEBHOOK ->
            assertThat(json.path("data").path("events").path(0).path("label").asString(""))
                .isEqualTo(NASTY); // data for a program
        case EMAIL -> throw new IllegalArgumentException("not by HTTP");
      }
    }
  }

  private static void isInert(String markdown) {
    assertThat(markdown)
        .doesNotContain("<@", "<font", "<script", "[click]", "![", "*b*", "_i_", "~s~", "`")
        .doesNotContain("\u202e", "\u0007");
  }

  private static List<String> slackTexts(JsonNode json) {
    var texts = new ArrayList<String>();
    texts.add(json.path("text").asString(""));
    json.path("blocks")
        .forEach(block -> {
          if (block.path("type").asString("").equals("section")) {
            texts.add(block.path("text").path("text").asString(""));
          }
        });
    return texts;
  }

  @Test
  void twoSecretsSignWhileOneTakesThePlaceOfTheOther() throws Exception {
    String next = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNk";
    for (String known : List.of(TestReceivers.WEBHOOK_SECRET, next)) {
      var service = new Service.StandardWebhooks(List.of(known));
      try (var receiver = FakeReceiver.start(service, clock);
          var senders = new Senders(Duration.ofSeconds(5), clock)) {
        Channel one = TestReceivers.channel("ops", receiver, folder);
        var both =
            List.of(
                TestReceivers.secret(folder, TestReceivers.WEBHOOK_SECRET),
                TestReceivers.secret(folder, next));
        var http = (Receiver.Http) one.receiver();
        var channel =
            new Channel(
                "ops",
                new Receiver.Http(http.kind(), http.url(), both, http.caFile()),
                one.language(),
                one.events(),
                one.route(),
                one.linkBase());

        assertThat(senders.send(channel, message(List.of(failed("a")), Language.EN)))
            .isEqualTo(new Outcome.Delivered());
      }
    }
  }

  /// The example of the standard's own libraries.
  @Test
  void theSignatureIsThatOfTheStandard() {
    byte[] body = "{\"test\": 2432232314}".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    assertThat(
            StandardWebhook.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                body,
                List.of(StandardWebhook.key(TestReceivers.WEBHOOK_SECRET)),
                java.time.Instant.ofEpochSecond(1_614_265_330)))
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  private Outcome send(FakeReceiver receiver, Language language, List<Told> events)
      throws Exception {
    try (var senders = new Senders(Duration.ofSeconds(5), clock)) {
      return senders.send(
          TestReceivers.channel("ops", receiver, folder), message(events, language));
    }
  }

  private Message message(List<Told> events, Language language) {
    return new Message("msg_1", clock.instant(), events, new Composer(language, 50, SITE), false);
  }

  private Told told(Happening happening) {
    var sync = new Concerned.Sync("s1", "pay@1", "pay", "payments team", "pay/api", "0123");
    return new Told(clock.instant(), happening, new Concerned(List.of(sync), 1));
  }

  private Told failed(String label) {
    return told(
        new Happening.SyncEnded(
            "s1",
            Happening.End.FAILED,
            label,
            3,
            1,
            1,
            0,
            1,
            0L,
            List.of(new Happening.Problem("example.com/m@v1.0.0", "bad-zip", label))));
  }

  private static Happening refused(String path, String sentence) {
    return new Happening.ModuleRefused(
        ModuleVersion.parse(path + "@v1.0.0"),
        Want.ZIP,
        StageName.VERIFY,
        RejectReason.SUMDB_MISMATCH,
        sentence);
  }
}
