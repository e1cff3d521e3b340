package dev.modgate.watcher.notify.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.modgate.watcher.database.TestClock;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.channel.Language;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.message.Composer;
import dev.modgate.watcher.notify.message.Concerned;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.notify.message.Told;
import dev.modgate.watcher.source.SecretRef;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mail, to a server on loopback.
final class MailSenderTest {
  private final TestClock clock = new TestClock();
  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final MailSender sender = new MailSender(Duration.ofSeconds(5), clock);
  @TempDir Path folder;

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    sender.close();
    server.stop();
  }

  @Test
  void isTextAndHtmlToEveryReceiver() throws Exception {
    assertThat(
            sender.send(
                receiver(Receiver.Tls.NONE, Optional.empty()), failed("pay@1", Language.ZH)))
        .isEqualTo(new Outcome.Delivered());

    MimeMessage[] mails = server.getReceivedMessages();
    assertThat(mails).hasSize(2);
    MimeMessage mail = mails[0];
    assertThat(mail.getSubject()).isEqualTo("Modgate：同步失败：pay@1");
    assertThat(mail.getFrom()[0].toString()).isEqualTo("Modgate <modgate@example.com>");
    assertThat(mail.getMessageID()).isEqualTo("<msg_1@example.com>");
    assertThat(mail.getSentDate()).isEqualTo(Date.from(clock.instant()));
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    var parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat((String) parts.getBodyPart(0).getContent())
        .startsWith("同步失败：pay@1")
        .contains("3 个模块中有 1 个已进入内网")
        .contains("https://modgate.example.com/api/v1/syncs/s1");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
  }

  @Test
  void textOfOthersMakesNeitherHeadersNorMarkup() throws Exception {
    String label = "x\r\nBcc: all@example.com\r\n\r\n<img src=x onerror=alert(1)>";

    var _ = sender.send(receiver(Receiver.Tls.NONE, Optional.empty()), failed(label, Language.EN));

    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(server.getReceivedMessages()).hasSize(2);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject())
        .startsWith("Modgate: Sync failed: x\\u000d\\u000aBcc: all@example.com");
    var parts = (MimeMultipart) mail.getContent();
    assertThat((String) parts.getBodyPart(1).getContent())
        .doesNotContain("<img")
        .contains("&lt;img src=x onerror=alert(1)&gt;");
  }

  @Test
  void nothingIsSentInTheClearWhereTlsIsWanted() throws Exception {
    assertThat(
            sender.send(
                receiver(Receiver.Tls.STARTTLS, Optional.empty()), failed("a", Language.EN)))
        .isInstanceOf(Outcome.NotNow.class);

    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aWrongPasswordIsRefusedAndNotRepeated() throws Exception {
    server.setUser("modgate@example.com", "modgate", "right");
    server.getUserManager().setAuthRequired(true);

    assertThat(sender.send(signedIn("modgate:wr0ng"), failed("a", Language.EN)).toString())
        .contains("Refused")
        .doesNotContain("wr0ng");
    assertThat(sender.send(signedIn("modgate:right"), failed("a", Language.EN)))
        .isEqualTo(new Outcome.Delivered());
  }

  @Test
  void aServerThatIsAwayOrSilentIsTriedLater() throws Exception {
    try (var silent = new ServerSocket(0, 4, InetAddress.getLoopbackAddress());
        var impatient = new MailSender(Duration.ofMillis(300), clock)) {
      var waits =
          new Receiver.Mail(
              "127.0.0.1",
              silent.getLocalPort(),
              Receiver.Tls.NONE,
              Optional.empty(),
              Optional.empty(),
              "a@example.com",
              List.of("b@example.com"));
      assertThat(impatient.send(waits, failed("a", Language.EN)))
          .isInstanceOf(Outcome.NotNow.class);
    }
    Receiver.Mail away = receiver(Receiver.Tls.NONE, Optional.empty());
    server.stop();

    assertThat(sender.send(away, failed("a", Language.EN))).isInstanceOf(Outcome.NotNow.class);
  }

  private Receiver.Mail signedIn(String credential) throws Exception {
    return receiver(Receiver.Tls.NONE, Optional.of(TestReceivers.secret(folder, credential)));
  }

  private Receiver.Mail receiver(Receiver.Tls tls, Optional<SecretRef> credential) {
    return new Receiver.Mail(
        "127.0.0.1",
        server.getSmtp().getPort(),
        tls,
        credential,
        Optional.empty(),
        "Modgate <modgate@example.com>",
        List.of("ops@example.com", "Go Platform <go@example.com>"));
  }

  private Message failed(String label, Language language) {
    var sync =
        new Happening.SyncEnded("s1", Happening.End.FAILED, label, 3, 1, 1, 0, 1, 0L, List.of());
    return new Message(
        "msg_1",
        clock.instant(),
        List.of(new Told(clock.instant(), sync, Concerned.NOBODY)),
        new Composer(language, 20, URI.create("https://modgate.example.com")),
        false);
  }
}
