package dev.modgate.watcher.host;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Clients of the hosts' APIs.
@Configuration(proxyBeanMethods = false)
public class HostConfiguration {

  @Bean
  HostClient hostClient(Clock clock) {
    return new HostClient(
        Duration.ofSeconds(20), () -> ThreadLocalRandom.current().nextLong(), clock);
  }

  @Bean
  HostProbe hostProbe(HostClient client) {
    return new HostProbe(client);
  }
}
