package dev.modgate.watcher.host;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// HTTP clients that trust the machine's certificate authorities and those of a declared file. A
/// file that has changed counts from the next request on.
public final class HostTrust implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final Map<Optional<Path>, Client> clients = new HashMap<>();

  private record Client(@Nullable FileTime of, HttpClient http) {}

  /// @throws IOException when the file can't be used; its message is for people
  public synchronized HttpClient client(Optional<Path> caFile) throws IOException {
    FileTime modified = caFile.isPresent() ? modified(caFile.get()) : null;
    Client known = clients.get(caFile);
    if (known != null && java.util.Objects.equals(known.of(), modified)) {
      return known.http();
    }
    var http =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER);
    if (caFile.isPresent()) {
      http.sslContext(context(caFile.get()));
    }
    var made = new Client(modified, http.build()); // an older one ends when nobody uses it
    clients.put(caFile, made);
    return made.http();
  }

  private static FileTime modified(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new IOException("ca-file " + Quoted.of(file.toString()) + " is not there", e);
    }
  }

  /// The machine's certificate authorities, and those of a PEM file.
  ///
  /// @throws IOException when the file can't be used; its message is for people
  public static SSLContext context(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("declared-" + number++, one);
      }
      for (TrustManager machine : managers(null)) {
        if (machine instanceof X509TrustManager x509) {
          for (Certificate one : x509.getAcceptedIssuers()) {
            store.setCertificateEntry("machine-" + number++, one);
          }
        }
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "ca-file " + Quoted.of(file.toString()) + " has no certificates in PEM", e);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(client -> client.http().shutdownNow());
  }
}
