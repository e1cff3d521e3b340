package dev.modgate.start.connect;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.StartException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// PEM files: the authorities that are trusted besides the machine's, and who we are. They are read
/// once.
///
/// @param section of the settings that name them: `modgate.fetcher`, for sentences
/// @param authorities files with one certificate or more each
/// @param certificate of the client, with those that lead up to an authority; goes with a key
/// @param key PKCS#8, not encrypted, readable by nobody who is not meant
public record Certificates(
    String section, List<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
  public static final Certificates NONE =
      new Certificates("modgate", List.of(), Optional.empty(), Optional.empty());

  private static final char[] NO_PASSWORD = {};
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  public Certificates {
    authorities = List.copyOf(authorities);
  }

  boolean haveIdentity() {
    return certificate.isPresent();
  }

  /// @param identified whether a server that wants to know learns who we are
  /// @throws StartException where a file can't be used
  SSLContext context(boolean identified) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          identified && certificate.isPresent() && key.isPresent()
              ? identity(certificate.get(), key.get())
              : null,
          authorities.isEmpty() ? null : trust(),
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new StartException(section + ": no TLS with these certificates: " + e.getMessage(), e);
    }
  }

  private TrustManager[] trust() throws GeneralSecurityException {
    KeyStore store = empty();
    int number = 0;
    for (TrustManager machine : managers(null)) {
      if (machine instanceof X509TrustManager x509) {
        for (Certificate one : x509.getAcceptedIssuers()) {
          store.setCertificateEntry("ca-" + number++, one);
        }
      }
    }
    for (Path file : authorities) {
      for (Certificate one : certificates("ca-files", file)) {
        store.setCertificateEntry("ca-" + number++, one);
      }
    }
    return managers(store);
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  private KeyManager[] identity(Path certificate, Path key) throws GeneralSecurityException {
    Certificate[] chain =
        certificates("client-certificate", certificate).toArray(Certificate[]::new);
    KeyStore store = empty();
    store.setKeyEntry(
        "client", privateKey(key, chain[0].getPublicKey().getAlgorithm()), NO_PASSWORD, chain);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys.getKeyManagers();
  }

  private Collection<? extends Certificate> certificates(String setting, Path file) {
    try {
      byte[] pem = SecretFile.limited(file);
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (found.isEmpty()) {
        throw unusable(setting, file, "has no certificate");
      }
      return found;
    } catch (IOException e) {
      throw unusable(setting, file, "can't be read: " + e.getClass().getSimpleName());
    } catch (GeneralSecurityException e) {
      throw unusable(setting, file, "is no PEM file of certificates");
    }
  }

  private PrivateKey privateKey(Path file, String algorithm) {
    try {
      Matcher pem = PKCS8.matcher(new String(SecretFile.read(file), StandardCharsets.ISO_8859_1));
      if (!pem.find()) {
        throw unusable(
            "client-key", file, "is no PEM file of a PKCS#8 key: openssl pkcs8 -topk8 -nocrypt");
      }
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (SecretFile.UnusableException e) {
      throw new StartException(section + ".client-key " + e.sentence(), e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unusable("client-key", file, "does not belong to the certificate's " + algorithm);
    }
  }

  private StartException unusable(String setting, Path file, String why) {
    return new StartException(
        section + "." + setting + " " + Quoted.of(file.toString()) + " " + why);
  }

  private static KeyStore empty() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    }
    return store;
  }
}
