package dev.modgate.gateway;

import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.start.ZoneFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

  @Bean
  ObjectStore zoneStore(ZoneFolder folder) {
    return folder.open();
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  GatewayServer gatewayServer(GatewaySettings settings, ObjectStore zoneStore) {
    return new GatewayServer(settings, zoneStore);
  }
}
