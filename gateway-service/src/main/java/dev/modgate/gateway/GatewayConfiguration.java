package dev.modgate.gateway;

import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.ObjectStore;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, ZoneStoreSettings.class})
class GatewayConfiguration {

  @Bean
  ObjectStore zoneStore(ZoneStoreSettings settings) throws IOException {
    return new FileObjectStore(settings.path(), Durability.FSYNC);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  GatewayServer gatewayServer(GatewaySettings settings, ObjectStore zoneStore) {
    return new GatewayServer(settings, zoneStore);
  }
}
