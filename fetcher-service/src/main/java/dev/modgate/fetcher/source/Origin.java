package dev.modgate.fetcher.source;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Whom a request reaches, as RFC 6454 has it.
///
/// @param scheme http or https
/// @param host in lower case
/// @param port never negative
public record Origin(String scheme, String host, int port) {

  /// Empty where it is of another scheme, or has no host.
  public static Optional<Origin> of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null || host.isEmpty() || !(scheme.equals("http") || scheme.equals("https"))) {
      return Optional.empty();
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(scheme);
    return Optional.of(new Origin(scheme, host.toLowerCase(Locale.ROOT), port));
  }

  public boolean hasDefaultPort() {
    return port == defaultPort(scheme);
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /// Such as `127.0.0.1:8080`.
  public String hostAndPort() {
    return host + ":" + port;
  }
}
