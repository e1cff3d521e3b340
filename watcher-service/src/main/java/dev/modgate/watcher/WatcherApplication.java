package dev.modgate.watcher;

import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The watcher alone, against any Kafka.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = KafkaAutoConfiguration.class)
@EnableConfigurationProperties({WatcherSettings.class, WatcherKafka.class})
@Import(WatcherConfiguration.class)
public class WatcherApplication {

  public static void main(String[] args) {
    try {
      builder().run(args);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(WatcherApplication.class).error("the watcher did not start", e);
      Runtime.getRuntime().halt(1); // Kafka's threads are not daemons
    }
  }

  /// Defaults from `watcher.yml`, changed by `modgate.yml` in the working folder and by the
  /// environment.
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(WatcherApplication.class)
        .properties(
            "spring.config.location=classpath:dev/modgate/watcher/watcher.yml,"
                + "optional:file:./modgate.yml");
  }
}
