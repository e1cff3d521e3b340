package dev.modgate.watcher.git.wire;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/// HTTP connections to the host of one URL, and to no other; of one reading.
final class HttpToHost implements HttpConnectionFactory {
  private final URI declared;
  private final Budget budget;
  private final Optional<TrustManager[]> trust;
  private int status;

  /// @param trust empty for the authorities that Java trusts
  HttpToHost(URI declared, Budget budget, Optional<TrustManager[]> trust) {
    this.declared = declared;
    this.budget = budget;
    this.trust = trust;
  }

  /// Of the newest answer; 0 before any.
  int status() {
    return status;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    if (!url.getProtocol().equalsIgnoreCase(declared.getScheme())
        || !url.getHost().equalsIgnoreCase(declared.getHost())
        || port(url) != port(declared.toURL())) {
      String there = url.getProtocol() + "://" + url.getHost() + ":" + port(url);
      throw new ElsewhereException(
          "redirects to " + Quoted.of(there) + ", not to where it is declared");
    }
    var connection = new Counted(url, proxy);
    if (trust.isPresent() && url.getProtocol().equalsIgnoreCase("https")) {
      try {
        connection.configure(new KeyManager[0], trust.get(), new SecureRandom());
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
    return connection;
  }

  private static int port(URL url) {
    return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
  }

  /// A redirect that is not followed.
  static final class ElsewhereException extends IOException {
    private static final long serialVersionUID = 1L;

    private ElsewhereException(String sentence) {
      super(sentence);
    }
  }

  /// Without compression: what is unpacked would not be counted.
  private final class Counted extends JDKHttpConnection {
    private Counted(URL url, Proxy proxy) throws IOException {
      super(url, proxy);
    }

    @Override
    public int getResponseCode() throws IOException {
      status = super.getResponseCode();
      return status;
    }

    @Override
    public void setRequestProperty(String key, String value) {
      if (!key.equalsIgnoreCase("Accept-Encoding")) {
        super.setRequestProperty(key, value);
      }
    }

    @Override
    public @Nullable String getHeaderField(String name) {
      return name.equalsIgnoreCase("Content-Encoding") ? null : super.getHeaderField(name);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return budget.counting(super.getInputStream());
    }
  }
}
