package dev.modgate.gateway;

import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.start.ZoneFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

  @Bean
  ObjectSource zoneStore(ZoneFolder folder) {
    return folder.read();
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  GatewayServer gatewayServer(GatewaySettings settings, ObjectSource zoneStore) {
    return new GatewayServer(settings, zoneStore);
  }
}
