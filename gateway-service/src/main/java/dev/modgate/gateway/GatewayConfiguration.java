package dev.modgate.gateway;

import dev.modgate.gateway.cache.CachedZone;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.start.Meters;
import dev.modgate.start.ZoneFolder;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

  @Bean
  ObjectSource zoneStore(ZoneFolder folder, GatewaySettings settings) {
    ObjectSource store = folder.read();
    Path cache = settings.cache().folder();
    return cache == null
        ? store
        : CachedZone.open(store, cache, settings.cache(), settings.threads(), Meters.registry());
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  GatewayServer gatewayServer(GatewaySettings settings, ObjectSource zoneStore) {
    return new GatewayServer(settings, zoneStore);
  }
}
