package dev.modgate.watcher.git.wire;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// Which certificate authorities are trusted: those of Java, and those of a file.
final class Authorities {
  private Authorities() {}

  /// @param file PEM
  /// @throws IOException when the file can't be read or holds no certificate
  static TrustManager[] and(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      var all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager known) {
          for (X509Certificate certificate : known.getAcceptedIssuers()) {
            all.setCertificateEntry("java" + number++, certificate);
          }
        }
      }
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        all.setCertificateEntry("file" + number++, certificate);
      }
      return managers(all);
    } catch (GeneralSecurityException | IOException e) {
      throw new IOException("ca-file " + Quoted.of(file.toString()) + " can't be read as PEM", e);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
