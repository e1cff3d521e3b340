package dev.modgate.watcher.notify.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.watcher.host.HostTrust;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.message.Draft;
import dev.modgate.watcher.notify.message.Line;
import dev.modgate.watcher.notify.message.Markup;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.source.SecretRef;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a message by mail, to all of its receivers or to none. For many threads.
final class MailSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailSender.class);

  /// For all that is said to a server.
  private static final Duration WHOLE = Duration.ofSeconds(60);

  private static final int LONGEST_SUBJECT = 200;

  private final Duration timeout;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param timeout for each answer of a server
  MailSender(Duration timeout, Clock clock) {
    this.timeout = timeout;
    this.clock = clock;
  }

  Outcome send(Receiver.Mail receiver, Message message) throws InterruptedException {
    String server = receiver.host() + ":" + receiver.port();
    String credential;
    try {
      credential = receiver.credential().isPresent() ? receiver.credential().get().read() : "";
    } catch (SecretRef.UnreadableException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
    Properties properties;
    try {
      properties = properties(receiver, !credential.isEmpty());
    } catch (IOException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
    Future<Outcome> sending =
        threads.submit(() -> {
          try {
            deliver(receiver, properties, credential, message);
            return new Outcome.Delivered();
          } catch (MessagingException e) {
            return judge(server, credential, e);
          }
        });
    try {
      return sending.get(WHOLE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Outcome.NotNow(
          server + " did not take a mail within " + WHOLE.toSeconds() + " s", clock.instant());
    } catch (ExecutionException e) {
      throw new IllegalStateException("mail can't be written", e.getCause());
    } finally {
      sending.cancel(true); // of one that is done it does nothing
    }
  }

  private void deliver(
      Receiver.Mail receiver, Properties properties, String credential, Message message)
      throws MessagingException {
    Session session = Session.getInstance(properties);
    MimeMessage mail = mail(session, receiver, message);
    int colon = credential.indexOf(':');
    Transport transport = session.getTransport("smtp");
    try {
      if (credential.isEmpty()) {
        transport.connect();
      } else {
        transport.connect(
            credential.substring(0, Math.max(colon, 0)), credential.substring(colon + 1));
      }
      transport.sendMessage(mail, mail.getAllRecipients());
    } finally {
      leave(transport);
    }
  }

  /// The server has the mail by then, however it takes leave.
  private static void leave(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("a mail server did not answer QUIT: {}", e.getClass().getSimpleName());
    }
  }

  private Properties properties(Receiver.Mail receiver, boolean signsIn) throws IOException {
    var p = new Properties();
    String millis = Long.toString(timeout.toMillis());
    p.put("mail.smtp.host", receiver.host());
    p.put("mail.smtp.port", Integer.toString(receiver.port()));
    p.put("mail.smtp.auth", Boolean.toString(signsIn));
    p.put("mail.smtp.connectiontimeout", millis);
    p.put("mail.smtp.timeout", millis);
    p.put("mail.smtp.writetimeout", millis);
    p.put("mail.smtp.ssl.checkserveridentity", "true");
    p.put("mail.smtp.from", address(receiver.from()));
    boolean starttls = receiver.tls() == Receiver.Tls.STARTTLS;
    p.put("mail.smtp.starttls.enable", Boolean.toString(starttls));
    p.put("mail.smtp.starttls.required", Boolean.toString(starttls));
    p.put("mail.smtp.ssl.enable", Boolean.toString(receiver.tls() == Receiver.Tls.TLS));
    if (receiver.caFile().isPresent()) {
      p.put(
          "mail.smtp.ssl.socketFactory",
          HostTrust.context(receiver.caFile().get()).getSocketFactory());
    }
    return p;
  }

  private static String address(String from) {
    try {
      return new InternetAddress(from, true).getAddress();
    } catch (MessagingException e) {
      throw new IllegalStateException("an address was checked at the start", e);
    }
  }

  private MimeMessage mail(Session session, Receiver.Mail receiver, Message message)
      throws MessagingException {
    Draft draft = message.draft();
    String id = "<" + message.id() + "@" + domain(receiver.from()) + ">";
    var mail =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    mail.setFrom(new InternetAddress(receiver.from(), true));
    for (String to : receiver.to()) {
      mail.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(to, true));
    }
    mail.setSubject(subject(draft), UTF_8.name());
    mail.setSentDate(Date.from(clock.instant()));
    mail.setHeader("Auto-Submitted", "auto-generated");
    var plain = new MimeBodyPart();
    plain.setText(plain(draft), UTF_8.name());
    var html = new MimeBodyPart();
    html.setText(html(draft), UTF_8.name(), "html");
    mail.setContent(new MimeMultipart("alternative", plain, html));
    return mail;
  }

  private static String domain(String from) {
    String address = address(from);
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /// On one line: a further one would be a header.
  private static String subject(Draft draft) {
    String text = Plain.of(Markup.PLAIN.write(draft.title()));
    return text.length() <= LONGEST_SUBJECT ? text : text.substring(0, LONGEST_SUBJECT - 1) + "…";
  }

  private static String plain(Draft draft) {
    String entries =
        draft.entries().stream()
            .map(lines -> lines.stream().map(Markup.PLAIN::write).collect(Collectors.joining("\n")))
            .collect(Collectors.joining("\n\n"));
    return entries + draft.rest().map(line -> "\n\n" + Markup.PLAIN.write(line)).orElse("") + "\n";
  }

  private static String html(Draft draft) {
    return "<!DOCTYPE html><html><body>"
        + draft.entries().stream().map(MailSender::paragraph).collect(Collectors.joining())
        + draft.rest().map(line -> "<p>" + Markup.HTML.write(line) + "</p>").orElse("")
        + "</body></html>\n";
  }

  private static String paragraph(List<Line> lines) {
    return lines.stream()
        .map(Markup.HTML::write)
        .collect(Collectors.joining("<br>\n", "<p>", "</p>\n"));
  }

  private Outcome judge(String server, String credential, MessagingException e) {
    if (e instanceof AuthenticationFailedException) {
      return new Outcome.Refused(server + " does not let us in with this credential");
    }
    String password = credential.substring(credential.indexOf(':') + 1);
    String said = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    boolean tells = password.isEmpty() || !said.contains(password);
    String sentence = server + " did not take a mail" + (tells ? ": " + Quoted.of(said) : "");
    return code(e) >= 500
        ? new Outcome.Refused(sentence)
        : new Outcome.NotNow(sentence, clock.instant());
  }

  /// What SMTP answered; 0 where it was not that.
  private static int code(@Nullable Exception e) {
    int code = 0;
    for (Exception one = e; one instanceof MessagingException m; one = m.getNextException()) {
      int found =
          switch (one) {
            case SMTPSendFailedException sent -> sent.getReturnCode();
            case SMTPSenderFailedException sender -> sender.getReturnCode();
            case SMTPAddressFailedException address -> address.getReturnCode();
            default -> 0;
          };
      code = Math.max(code, found);
    }
    return code;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
