package dev.modgate.watcher.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.Check;
import dev.modgate.start.StartException;
import dev.modgate.watcher.happening.EventKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class NotificationSettingsTest {
  private static final String URL = "https://hooks.example.com/services/t0ken";

  @Test
  void aChannelHearsOfEverythingInEnglishUnlessItSaysOtherwise() {
    Channel channel = read(Map.of("kind", "slack", "url", URL)).parsed().getFirst();

    assertThat(channel.name()).isEqualTo("ops");
    assertThat(channel.language()).isEqualTo(Language.EN);
    assertThat(channel.events()).containsExactlyInAnyOrder(EventKind.values());
    assertThat(channel.route().takesAll()).isTrue();
    assertThat(channel.linkBase()).isEmpty();
  }

  @Test
  void mailGoesByStarttlsUnlessItSaysOtherwise() {
    Channel channel =
        read(Map.of(
                "kind", "email",
                "host", "mail.example.com",
                "from", "Modgate <modgate@example.com>",
                "to", "ops@example.com"))
            .parsed()
            .getFirst();

    assertThat(channel.receiver())
        .isInstanceOfSatisfying(
            Receiver.Mail.class,
            mail -> {
              assertThat(mail.tls()).isEqualTo(Receiver.Tls.STARTTLS);
              assertThat(mail.port()).isEqualTo(587);
              assertThat(mail.to()).containsExactly("ops@example.com");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind | pigeon | kind is \"pigeon\", want one of webhook, slack, dingtalk, feishu, wecom, email",
        "language | fr | language is \"fr\", want one of en, zh",
        "events | pushes | events is \"pushes\", want one of sync-done, sync-failed, sync-cancelled,"
            + " module-refused, security",
        "secrets | env:A | secrets are 1, want at most 0 for slack",
        "host | mail.example.com | host is not for slack",
        "link-base | ftp://a | link-base is \"ftp://a\", want https://HOST or http://HOST, with or"
            + " without a path",
        "ca-file | ca.pem | ca-file is \"ca.pem\", want the absolute path of a file",
      })
  void saysWhatIsWrong(String key, String value, String fault) {
    var declared = new HashMap<>(Map.of("kind", "slack", "url", URL));
    declared.put(key, value);

    assertThat(problems(declared)).contains("modgate.watcher.notifications.channels.ops." + fault);
  }

  @ParameterizedTest
  @CsvSource({
    "http://hooks.example.com/t0ken",
    "https://user:t0ken@hooks.example.com/",
    "https://hooks example.com/t0ken",
    "t0ken",
    "file:t0ken",
    "https:///t0ken",
    "https://hooks.example.com/#t0ken"
  })
  void aUrlThatCanNotBeUsedIsNotRepeated(String url) {
    assertThat(problems(Map.of("kind", "slack", "url", url)))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem).contains("channels.ops.url").doesNotContain("t0ken"));
  }

  @Test
  void whatIsSentToAWebhookIsSigned() {
    assertThat(problems(Map.of("kind", "webhook", "url", URL)))
        .containsExactly(
            "modgate.watcher.notifications.channels.ops.secrets are missing: what is sent is signed");
  }

  @Test
  void aPasswordIsNotSentInTheClear() {
    assertThat(
            problems(
                Map.of(
                    "kind", "email",
                    "host", "mail.example.com",
                    "tls", "none",
                    "credential", "env:MAIL",
                    "from", "a@example.com",
                    "to", "b@example.com")))
        .containsExactly(
            "modgate.watcher.notifications.channels.ops.credential would be sent in the clear, want"
                + " tls: starttls or tls: tls");
  }

  @Test
  void anAddressIsNoHeader() {
    assertThat(
            problems(
                Map.of(
                    "kind", "email",
                    "host", "mail.example.com",
                    "from", "a@example.com\r\nBcc: x@example.com",
                    "to", "b@example.com, c@example.com\r\n")))
        .isNotEmpty();
  }

  @Test
  void nothingShowsWhatLetsSomebodyIn() {
    NotificationSettings settings = read(Map.of("kind", "slack", "url", URL));

    assertThat(settings.toString()).doesNotContain("t0ken");
    assertThat(settings.parsed().toString()).doesNotContain("t0ken").contains("hooks.example.com");
  }

  @Test
  void aPatternsStarIsAnyText() {
    assertThat(new NamePattern("pay-*").matches("pay-api")).isTrue();
    assertThat(new NamePattern("*team").matches("payments team")).isTrue();
    assertThat(new NamePattern("a*b*c").matches("a-b-b-c")).isTrue();
    assertThat(new NamePattern("a*b").matches("a-b-c")).isFalse();
    assertThat(new NamePattern("pay").matches("payments")).isFalse();
    assertThat(new NamePattern("*a".repeat(90)).matches("a".repeat(10_000) + "b")).isFalse();
  }

  private static List<String> problems(Map<String, String> declared) {
    var check = new Check("modgate.watcher");
    var found =
        assertThatExceptionOfType(StartException.class)
            .isThrownBy(() -> read(declared).check(check).end());
    return String.valueOf(found.actual().getMessage()).lines().map(String::strip).toList();
  }

  private static NotificationSettings read(Map<String, String> declared) {
    var values = new HashMap<String, String>();
    declared.forEach((key, value) -> values.put("n.channels.ops." + key, value));
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("n", NotificationSettings.class);
  }
}
