package dev.modgate.fetcher.connect;

import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;

/// How upstreams are reached.
///
/// @param addresses of the hosts that are reached without a proxy
/// @param redirectsToPrivate whether a redirect to a configured host may lead to an internal
///   address
public record Reach(
    Proxies proxies,
    Certificates certificates,
    Logins logins,
    Addresses addresses,
    boolean redirectsToPrivate) {

  private static final String TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  /// Without a proxy, trusting whom the machine trusts, as nobody.
  public static final Reach PLAIN =
      new Reach(
          Proxies.of("none", "", Map.of()),
          Certificates.NONE,
          Logins.NONE,
          Addresses.ofThisMachine(),
          false);

  /// The clients for an upstream itself, and for where it redirects to: who we are is for the
  /// upstream alone.
  public record Clients(HttpClient upstreams, HttpClient others) implements AutoCloseable {
    /// Ends what is under way.
    @Override
    public void close() {
      upstreams.shutdownNow();
      others.shutdownNow();
    }
  }

  /// @param base what all clients have in common
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

  /// Whether a request to this address would reach this machine or a private network, as far as
  /// that can be known from here: behind a proxy, what the proxy makes of a name can't.
  public boolean isInternal(URI uri) {
    boolean proxied = proxies.select(uri).stream().anyMatch(p -> p.type() != Proxy.Type.DIRECT);
    return (proxied ? Addresses.literalsAlone() : addresses)
        .isInternal(String.valueOf(uri.getHost()));
  }
}
