package dev.modgate.watcher.agent;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The certificate authorities of a PEM file, and none besides.
final class TrustedAuthorities {
  private TrustedAuthorities() {}

  /// @throws StartException when the file has none
  static SSLContext of(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + count++, one);
      }
      if (count == 0) {
        throw new StartException(
            "modgate.watcher.agent.ca-file " + Quoted.of(file.toString()) + " has no certificate");
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException(
          "modgate.watcher.agent.ca-file "
              + Quoted.of(file.toString())
              + " can't be used: "
              + e.getMessage());
    }
  }
}
