package dev.modgate.watcher.notify.send;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.database.TestClock;
import dev.modgate.watcher.happening.Happening;
import dev.modgate.watcher.notify.channel.Language;
import dev.modgate.watcher.notify.channel.Receiver;
import dev.modgate.watcher.notify.message.Composer;
import dev.modgate.watcher.notify.message.Concerned;
import dev.modgate.watcher.notify.message.Message;
import dev.modgate.watcher.notify.message.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mail server whose certificate no public authority has signed.
final class MailOverTlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  private final TestClock clock = new TestClock();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  @TempDir Path folder;
  private SSLContext tls;
  private Path authority;
  private ServerSocket server;

  @BeforeEach
  void serve() throws Exception {
    KeyStore keys = newKeys(folder.resolve("keys.p12"));
    authority =
        Files.writeString(
            folder.resolve("ca.pem"),
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                    .encodeToString(keys.getCertificate("host").getEncoded())
                + "\n-----END CERTIFICATE-----\n");
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::run);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void isSentBehindStarttlsToOneThatIsTrusted() throws Exception {
    assertThat(send(Optional.of(authority))).isEqualTo(new Outcome.Delivered());

    assertThat(heard)
        .containsSubsequence("clear STARTTLS", "tls MAIL FROM:<modgate@example.com>", "tls DATA");
    assertThat(heard).noneMatch(line -> line.startsWith("clear MAIL"));
  }

  @Test
  void nothingIsSentToOneThatIsNot() throws Exception {
    assertThat(send(Optional.empty())).isInstanceOf(Outcome.NotNow.class);

    assertThat(heard).noneMatch(line -> line.contains("MAIL FROM"));
  }

  private Outcome send(Optional<Path> caFile) throws Exception {
    var receiver =
        new Receiver.Mail(
            "127.0.0.1",
            server.getLocalPort(),
            Receiver.Tls.STARTTLS,
            Optional.empty(),
            caFile,
            "modgate@example.com",
            List.of("ops@example.com"));
    var told = new Told(clock.instant(), new Happening.Trial(), Concerned.NOBODY);
    var composer = new Composer(Language.EN, 20, URI.create("https://modgate.example.com"));
    try (var sender = new MailSender(Duration.ofSeconds(5), clock)) {
      return sender.send(
          receiver, new Message("msg_1", clock.instant(), List.of(told), composer, false));
    }
  }

  private void run() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        talk(socket);
      } catch (IOException e) {
        // the client went, or the test is over
      }
    }
  }

  private void talk(Socket plain) throws IOException {
    Socket socket = plain;
    String how = "clear ";
    BufferedReader in = lines(socket);
    say(socket, "220 mail.example.com");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(how + line);
      say(socket, answer(line.split(" ", 2)[0]));
      if (line.equals("STARTTLS")) {
        // with nothing read ahead it is the server's side
        socket = tls.getSocketFactory().createSocket(plain, InputStream.nullInputStream(), true);
        in = lines(socket);
        how = "tls ";
      }
      if (line.equals("DATA")) {
        while (!".".equals(in.readLine())) {
          // the mail itself
        }
        say(socket, "250 taken");
      }
    }
  }

  private static String answer(String command) {
    return switch (command) {
      case "EHLO" -> "250-mail.example.com\r\n250 STARTTLS";
      case "STARTTLS" -> "220 go ahead";
      case "DATA" -> "354 go on";
      case "QUIT" -> "221 bye";
      default -> "250 fine";
    };
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    socket.getOutputStream().flush();
  }

  private static KeyStore newKeys(Path file) throws Exception {
    String[] command = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-alias",
      "host",
      "-keyalg",
      "EC",
      "-dname",
      "CN=host",
      "-ext",
      "san=ip:127.0.0.1",
      "-storetype",
      "PKCS12",
      "-storepass",
      "password",
      "-keystore",
      file.toString()
    };
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
