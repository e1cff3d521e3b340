package dev.modgate.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the gateway listens, and its bounds. Each is explained in `gateway.yml`.
///
/// @param port 0: any free one
/// @param consoleUrl null where there is none to name
@ConfigurationProperties(prefix = "modgate.gateway", ignoreUnknownFields = false)
public record GatewaySettings(
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("8081") int port,
    @DefaultValue("false") boolean allowRemote,
    @Nullable URI consoleUrl,
    @DefaultValue("64") int threads,
    @DefaultValue("2048") int maxConnections,
    @DefaultValue("60s") Duration idleTimeout) {

  /// @throws IllegalArgumentException naming every impossible value
  public GatewaySettings {
    List<String> problems = new ArrayList<>();
    checkAddress(address, allowRemote, problems);
    checkRange("port", port, 0, 65_535, problems);
    checkRange("threads", threads, 4, 1000, problems);
    checkRange("max-connections", maxConnections, 1, 100_000, problems);
    checkRange("idle-timeout in seconds", idleTimeout.toSeconds(), 1, 3600, problems);
    if (consoleUrl != null && !String.valueOf(consoleUrl.getScheme()).matches("https?")) {
      problems.add(
          "modgate.gateway.console-url is \"" + consoleUrl + "\", want http:// or https://");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  Optional<URI> console() {
    return Optional.ofNullable(consoleUrl);
  }

  private static void checkAddress(String address, boolean allowRemote, List<String> problems) {
    try {
      if (!InetAddress.getByName(address).isLoopbackAddress() && !allowRemote) {
        problems.add(
            "modgate.gateway.address is \""
                + address
                + "\", which others can reach: set modgate.gateway.allow-remote=true if they may");
      }
    } catch (UnknownHostException e) {
      problems.add("modgate.gateway.address is \"" + address + "\", which is no address");
    }
  }

  private static void checkRange(
      String key, long value, long least, long most, List<String> problems) {
    if (value < least || value > most) {
      problems.add("modgate.gateway." + key + " is " + value + ", want " + least + " to " + most);
    }
  }
}
