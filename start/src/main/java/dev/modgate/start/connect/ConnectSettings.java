package dev.modgate.start.connect;

import dev.modgate.start.Check;
import dev.modgate.start.StartException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings of a service for its connections. They stand in the service's own section, and its
/// yml explains them.
///
/// @param proxy as [Proxies#of] takes it
/// @param noProxy the same
/// @param caFiles of authorities that are trusted besides the machine's
/// @param clientCertificate goes with a key
/// @param credentials `file:/PATH` by host, or `host:port`
public record ConnectSettings(
    @Nullable String proxy,
    @Nullable String noProxy,
    List<Path> caFiles,
    @Nullable Path clientCertificate,
    @Nullable Path clientKey,
    Map<String, String> credentials,
    @Nullable Path netrc) {
  private static final String FILE = "file:";

  public ConnectSettings {
    caFiles = List.copyOf(caFiles);
    credentials = Map.copyOf(credentials);
  }

  /// Notes what can't be used.
  public void check(Check check) {
    check.that(
        (clientCertificate == null) == (clientKey == null),
        clientKey == null ? "client-key" : "client-certificate",
        "is missing: certificate and key go together");
    try {
      var _ = Proxies.of(proxy, noProxy, Map.of());
    } catch (IllegalArgumentException e) {
      check.that(false, "proxy", "can't be used: " + e.getMessage());
    }
    credentials.forEach((host, file) ->
        check.that(
            file.startsWith(FILE + "/"),
            "credentials." + host,
            "is no reference to a file, want file:/ABSOLUTE/PATH")); // it may be the secret itself
  }

  /// @param section such as `modgate.fetcher`, for sentences
  /// @param environment with the usual variables for proxies
  /// @throws StartException where one of these is no address of a proxy
  public Reach reach(String section, Map<String, String> environment) {
    try {
      return new Reach(
          Proxies.of(proxy, noProxy, environment),
          new Certificates(
              section,
              caFiles,
              Optional.ofNullable(clientCertificate),
              Optional.ofNullable(clientKey)),
          new Logins(logins(), Optional.ofNullable(netrc)));
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e); // of the environment
    }
  }

  private Map<String, Path> logins() {
    return credentials.entrySet().stream()
        .collect(
            Collectors.toMap(
                e -> e.getKey().toLowerCase(Locale.ROOT),
                e -> Path.of(e.getValue().substring(FILE.length()))));
  }

  /// Without the proxy, which may hold a password.
  @Override
  public String toString() {
    return "ConnectSettings[credentials for " + credentials.keySet() + "]";
  }
}
