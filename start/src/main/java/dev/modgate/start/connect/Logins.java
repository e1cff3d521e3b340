package dev.modgate.start.connect;

import dev.modgate.gomod.proxy.ProxyList.Credentials;
import dev.modgate.gomod.quote.Quoted;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// As whom we come to a host. The files are read each time, so that one that changes counts at
/// once, and nothing of them is kept.
///
/// @param byHost `host` for the usual port of http or https, or `host:port`, in lower case. Each
///   file has one line: `user:password`, or `Bearer TOKEN`
/// @param netrc as curl and the `go` command read it
public record Logins(Map<String, Path> byHost, Optional<Path> netrc) {
  public static final Logins NONE = new Logins(Map.of(), Optional.empty());

  public Logins {
    byHost = Map.copyOf(byHost);
  }

  /// What is set for a host can't be used.
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    private UnusableException(String message) {
      super(message);
    }

    /// Names the file, never what is there.
    public String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /// The value of the `Authorization` header for this address; empty where none is set.
  public Optional<String> authorization(URI uri) throws UnusableException {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    boolean https = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80;
    Path file = byHost.get(host + ":" + port);
    if (file == null && port == (https ? 443 : 80)) {
      file = byHost.get(host);
    }
    try {
      if (file != null) {
        return Optional.of(header(file));
      }
      return netrc.isPresent()
          ? Netrc.find(text(netrc.get()), host).map(Credentials::basic)
          : Optional.empty();
    } catch (SecretFile.UnusableException e) {
      throw new UnusableException("the credentials file " + e.sentence());
    }
  }

  private static String header(Path file) throws SecretFile.UnusableException {
    String line = text(file).strip();
    if (line.matches("(?i)bearer [\\x21-\\x7e]+")) {
      return line;
    }
    int colon = line.indexOf(':');
    if (colon < 0 || line.lines().count() != 1) {
      throw new SecretFile.UnusableException(
          Quoted.of(file.toString()) + " has not one line user:password, or Bearer TOKEN");
    }
    return new Credentials(line.substring(0, colon), line.substring(colon + 1)).basic();
  }

  private static String text(Path file) throws SecretFile.UnusableException {
    return new String(SecretFile.read(file), StandardCharsets.UTF_8);
  }

  /// Hosts alone.
  @Override
  public String toString() {
    return "Logins" + byHost.keySet();
  }
}
