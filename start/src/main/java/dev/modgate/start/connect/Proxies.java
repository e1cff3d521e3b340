package dev.modgate.start.connect;

import dev.modgate.gomod.proxy.ProxyList.Credentials;
import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Through which proxy a request goes: `HTTPS_PROXY` for https, `HTTP_PROXY` for http, and none for
/// the hosts of `NO_PROXY`, nor for this machine. In upper or lower case, as Go's
/// `golang.org/x/net/http/httpproxy` has them.
public final class Proxies extends ProxySelector {
  private final Optional<Via> https;
  private final Optional<Via> http;
  private final List<String> direct;

  /// One proxy, spoken to over plain HTTP.
  private record Via(String host, int port, @Nullable Credentials credentials) {}

  private Proxies(Optional<Via> https, Optional<Via> http, List<String> direct) {
    this.https = https;
    this.http = http;
    this.direct = direct;
  }

  /// @param proxy for both schemes: `http://host:3128`, with credentials where it wants some; null
  ///   for what the environment says; `none` for none
  /// @param noProxy hosts that are reached without; null for what the environment says
  /// @throws IllegalArgumentException where a proxy's address is none; the sentence shows no
  ///   credentials
  public static Proxies of(
      @Nullable String proxy, @Nullable String noProxy, Map<String, String> environment) {
    String without = noProxy == null ? variable(environment, "NO_PROXY").orElse("") : noProxy;
    List<String> direct =
        Stream.of(without.split("[,\\s]+"))
            .map(host -> host.toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .toList();
    if (proxy != null) {
      Optional<Via> one =
          proxy.equals("none") ? Optional.empty() : Optional.of(via("proxy", proxy));
      return new Proxies(one, one, direct);
    }
    return new Proxies(
        variable(environment, "HTTPS_PROXY").map(v -> via("HTTPS_PROXY", v)),
        variable(environment, "HTTP_PROXY").map(v -> via("HTTP_PROXY", v)),
        direct);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Stream.of(name, name.toLowerCase(Locale.ROOT))
        .map(environment::get)
        .flatMap(Stream::ofNullable)
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Via via(String source, String text) {
    URI uri;
    try {
      uri = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(source + " is no address of a proxy: " + e.getReason(), e);
    }
    if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          source + " is no address of an HTTP proxy, want http://host:port");
    }
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    return new Via(uri.getHost(), port, credentials(uri.getRawUserInfo()));
  }

  private static @Nullable Credentials credentials(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    return new Credentials(
        decode(colon < 0 ? userInfo : userInfo.substring(0, colon)),
        decode(colon < 0 ? "" : userInfo.substring(colon + 1)));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public List<Proxy> select(URI uri) {
    return List.of(
        via(uri)
            .map(v -> new Proxy(Proxy.Type.HTTP, new InetSocketAddress(v.host(), v.port())))
            .orElse(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // who asked hears of it
  }

  /// The value of the `Proxy-Authorization` header; empty where no proxy is on the way, or none
  /// wants to know who we are.
  public Optional<String> authorization(URI uri) {
    return via(uri).flatMap(v -> Optional.ofNullable(v.credentials())).map(Credentials::basic);
  }

  private Optional<Via> via(URI uri) {
    return ("https".equalsIgnoreCase(uri.getScheme()) ? https : http).filter(_ -> !isDirect(uri));
  }

  /// Whether a proxy for https wants to know who we are.
  boolean authorizesTunnels() {
    return https.filter(v -> v.credentials() != null).isPresent();
  }

  private boolean isDirect(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    if (host.equals("localhost")
        || literal(host).filter(InetAddress::isLoopbackAddress).isPresent()) {
      return true;
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    return direct.stream().anyMatch(entry -> matches(entry, host, port));
  }

  private static boolean matches(String entry, String host, int port) {
    if (entry.equals("*")) {
      return true;
    }
    if (entry.contains("/")) {
      return literal(host).filter(address -> isWithin(entry, address)).isPresent();
    }
    String name = entry.replaceFirst(":\\d{1,5}$", "");
    if (!name.equals(entry) && !entry.endsWith(":" + port) && literal(entry).isEmpty()) {
      return false;
    }
    name = literal(entry).isPresent() ? entry : name.replaceAll("[\\[\\]]", "");
    String domain = name.startsWith("*.") ? name.substring(1) : name;
    return domain.startsWith(".")
        ? host.endsWith(domain)
        : host.equals(domain) || (literal(host).isEmpty() && host.endsWith("." + domain));
  }

  /// @param network such as `10.0.0.0/8`
  private static boolean isWithin(String network, InetAddress address) {
    String[] parts = network.split("/", 2);
    Optional<InetAddress> base = literal(parts[0]);
    if (base.isEmpty() || !parts[1].matches("\\d{1,3}")) {
      return false;
    }
    byte[] wanted = base.get().getAddress();
    byte[] bytes = address.getAddress();
    int bits = Integer.parseInt(parts[1]);
    if (wanted.length != bytes.length || bits > 8 * bytes.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if ((wanted[i / 8] & mask) != (bytes[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Without credentials.
  @Override
  public String toString() {
    return Stream.concat(https.stream(), http.stream())
        .map(v -> Quoted.of(v.host() + ":" + v.port()))
        .distinct()
        .toList()
        .toString();
  }
}
