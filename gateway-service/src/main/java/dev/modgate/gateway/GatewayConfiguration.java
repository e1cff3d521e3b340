package dev.modgate.gateway;

import dev.modgate.pipeline.store.FileObjectSource;
import dev.modgate.pipeline.store.ObjectSource;
import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({GatewaySettings.class, ZoneStoreSettings.class})
class GatewayConfiguration {

  @Bean
  ObjectSource zoneStore(ZoneStoreSettings settings) throws IOException {
    return new FileObjectSource(settings.path());
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  GatewayServer gatewayServer(GatewaySettings settings, ObjectSource zoneStore) {
    return new GatewayServer(settings, zoneStore);
  }
}
