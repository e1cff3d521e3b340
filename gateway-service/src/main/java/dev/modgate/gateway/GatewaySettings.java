package dev.modgate.gateway;

import dev.modgate.gateway.cache.CacheSettings;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.start.Check;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where the gateway listens, and its bounds. Each is explained in `gateway.yml`.
///
/// @param port 0: any free one
/// @param consoleUrl null where there is none to name
@ConfigurationProperties("modgate.gateway")
public record GatewaySettings(
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("8081") int port,
    @DefaultValue("false") boolean allowRemote,
    @Nullable URI consoleUrl,
    @DefaultValue("64") int threads,
    @DefaultValue("2048") int maxConnections,
    @DefaultValue("60s") Duration idleTimeout,
    @DefaultValue CacheSettings cache) {

  public GatewaySettings {
    var check =
        new Check("modgate.gateway")
            .number("port", port, 0, 65_535)
            .number("threads", threads, 4, 1000)
            .number("max-connections", maxConnections, 1, 100_000)
            .time("idle-timeout", idleTimeout, Duration.ofSeconds(1), Duration.ofHours(1))
            .that(
                consoleUrl == null || String.valueOf(consoleUrl.getScheme()).matches("https?"),
                "console-url",
                "is " + Quoted.of(String.valueOf(consoleUrl)) + ", want http:// or https://");
    check(check, address, allowRemote);
    cache.check(check);
    check.end();
  }

  Optional<URI> console() {
    return Optional.ofNullable(consoleUrl);
  }

  private static void check(Check check, String address, boolean allowRemote) {
    try {
      check.that(
          allowRemote || InetAddress.getByName(address).isLoopbackAddress(),
          "address",
          "is "
              + Quoted.of(address)
              + ", which others can reach: set modgate.gateway.allow-remote=true if they may");
    } catch (UnknownHostException e) {
      check.that(false, "address", "is " + Quoted.of(address) + ", which is no address");
    }
  }
}
