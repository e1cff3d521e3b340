package dev.modgate.watcher.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host whose certificate no public authority has signed.
final class GitTlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir Path folder;

  private GitServer server;
  private Path authority;

  @BeforeEach
  void serve() throws Exception {
    GitRepository.create(folder, "api").write("go.mod", "module x\n").push();
    KeyStore keys = newKeys(folder.resolve("keys.p12"));
    byte[] certificate = keys.getCertificate("host").getEncoded();
    authority =
        Files.writeString(
            folder.resolve("ca.pem"),
            "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate)
                + "\n-----END CERTIFICATE-----\n");
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    server = GitServer.start(folder, tls);
  }

  private static KeyStore newKeys(Path file) throws Exception {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] command = {
      keytool.toString(),
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

  @AfterEach
  void close() {
    server.close();
  }

  private Iterable<String> refs(Optional<Path> caFile) throws IOException {
    Declared declared = Declared.at(server.url("api")).trusting(caFile);
    return Readers.reader(folder.resolve("read"))
        .list(declared.source(), declared.repository())
        .keySet();
  }

  @Test
  void isReadWithAnAuthorityOfTheSource() throws Exception {
    assertThat(refs(Optional.of(authority))).containsExactly("refs/heads/main");
  }

  @Test
  void isNotReadWithoutIt() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> refs(Optional.empty()))
        .withMessageStartingWith("repository \"" + server.url("api") + "\" can't be read: ");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void saysThatAFileOfAuthoritiesIsNone() throws Exception {
    Files.writeString(authority, "nothing");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> refs(Optional.of(authority)))
        .withMessageEndingWith(": ca-file \"" + authority + "\" can't be read as PEM");
  }
}
