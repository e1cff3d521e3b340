package dev.modgate.start;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.stage.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where fetcher, verifier and publisher, each in a process of its own, say how they are.
///
/// @param port 0 for nowhere
@ConfigurationProperties("modgate.health")
public record HealthPort(@DefaultValue("127.0.0.1") String address, @DefaultValue("0") int port) {
  public HealthPort {
    new Check("modgate.health").number("port", port, 0, 65_535).end();
  }

  /// @throws StartException when it can't be listened on
  public HealthServer open(List<? extends Stage<?>> stages) {
    StageMeters.register(stages, Meters.registry());
    if (port == 0) {
      return HealthServer.nowhere();
    }
    try {
      return HealthServer.on(new InetSocketAddress(address, port), stages);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException(
          "modgate.health.port "
              + port
              + " on modgate.health.address "
              + Quoted.of(address)
              + " can't be listened on: "
              + Plain.of(String.valueOf(e.getMessage())),
          e);
    }
  }
}
