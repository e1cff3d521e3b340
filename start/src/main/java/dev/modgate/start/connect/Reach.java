package dev.modgate.start.connect;

import dev.modgate.gomod.proxy.ProxyList;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;

/// How upstreams and checksum databases are reached.
public record Reach(Proxies proxies, Certificates certificates, Logins logins) {

  private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  /// Without a proxy, trusting whom the machine trusts, as nobody.
  public static final Reach PLAIN =
      new Reach(Proxies.of("none", "", Map.of()), Certificates.NONE, Logins.NONE);

  /// The clients for who is configured, and for where they redirect to: who we are is for the
  /// former alone.
  public record Clients(HttpClient configured, HttpClient others) implements AutoCloseable {
    /// Ends what is under way.
    @Override
    public void close() {
      configured.shutdownNow();
      others.shutdownNow();
    }
  }

  /// @param base what all clients have in common
  /// @throws dev.modgate.start.StartException where a certificate or key can't be used
  public Clients clients(HttpClient.Builder base) {
    base.proxy(proxies);
    if (proxies.authorizesTunnels() && System.getProperty(TUNNELS) == null) {
      System.setProperty(TUNNELS, ""); // the JDK keeps passwords from proxies of https by default
    }
    HttpClient others = base.sslContext(certificates.context(false)).build();
    return new Clients(
        certificates.haveIdentity() ? base.sslContext(certificates.context(true)).build() : others,
        others);
  }

  /// Tells who is configured who we are, where something says so: the credentials of its URL come
  /// first.
  ///
  /// @throws Logins.UnusableException where what is set for it can't be used
  public void authorize(HttpRequest.Builder request, ProxyList.Upstream configured)
      throws Logins.UnusableException {
    Optional<String> authorization =
        configured.credentialsIfAny().isPresent()
            ? configured.credentialsIfAny().map(ProxyList.Credentials::basic)
            : logins.authorization(configured.uri());
    authorization.ifPresent(value -> request.header("Authorization", value));
  }

  /// Tells the proxy on the way to this address who we are, where it wants to know.
  public void authorizeProxy(HttpRequest.Builder request, URI uri) {
    proxies.authorization(uri).ifPresent(value -> request.header("Proxy-Authorization", value));
  }
}
