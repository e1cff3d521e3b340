package dev.modgate.gateway;

import dev.modgate.gateway.cache.CacheSettings;
import dev.modgate.pipeline.store.ObjectSource;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Gateways on a free loopback port.
final class Gateways {
  private Gateways() {}

  static GatewaySettings settings(int port, @Nullable URI console) {
    return new GatewaySettings(
        "127.0.0.1", port, false, console, 16, 100, Duration.ofSeconds(10), CacheSettings.none());
  }

  static GatewayServer start(ObjectSource zone) {
    var gateway = new GatewayServer(settings(0, URI.create("http://console.example")), zone);
    gateway.start();
    return gateway;
  }
}
