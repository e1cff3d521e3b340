package dev.modgate.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key with a certificate that nobody has signed but itself, for `127.0.0.1`. Made by the JDK's
/// `keytool`.
///
/// @param certificate in PEM form; its own authority
/// @param key in PEM form, PKCS#8, readable by its owner
public record TestCertificate(Path certificate, Path key, KeyStore keys) {
  private static final char[] PASSWORD = "password".toCharArray();

  /// @param folder where the files are written
  /// @param name of the subject and the files
  public static TestCertificate create(Path folder, String name) {
    try {
      KeyStore keys = newKeys(folder.resolve(name + ".p12"), name);
      Path key = folder.resolve(name + ".key");
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(key, pem("PRIVATE KEY", keys.getKey("host", PASSWORD).getEncoded()));
      return new TestCertificate(
          Files.writeString(
              folder.resolve(name + ".pem"),
              pem("CERTIFICATE", keys.getCertificate("host").getEncoded())),
          key,
          keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Of a server that wants to know nobody.
  public SSLContext server() {
    return context(false, this);
  }

  /// Of a server that trusts one client.
  public SSLContext serverFor(TestCertificate client) {
    return context(true, client);
  }

  private SSLContext context(boolean wants, TestCertificate trusted) {
    try {
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("client", trusted.keys.getCertificate("host"));
      trust.init(store);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(managers.getKeyManagers(), wants ? trust.getTrustManagers() : null, null);
      return tls;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] bytes) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  private static KeyStore newKeys(Path file, String name)
      throws IOException, GeneralSecurityException {
    String[] command = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-alias",
      "host",
      "-keyalg",
      "EC",
      "-dname",
      "CN=" + name,
      "-ext",
      "san=ip:127.0.0.1",
      "-storetype",
      "PKCS12",
      "-storepass",
      "password",
      "-keystore",
      file.toString()
    };
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
