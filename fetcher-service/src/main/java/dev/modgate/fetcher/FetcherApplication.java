package dev.modgate.fetcher;

import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/// The fetcher as a process of its own. Without auto-configuration: in standalone the class path
/// holds what other services need, such as a database.
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(FetcherConfiguration.class)
public class FetcherApplication {

  /// Reads its defaults from `fetcher.yml`, then `modgate.yml`, then the environment.
  public static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(FetcherApplication.class)
        // not spring.config.import: what it brings would override modgate.yml
        .properties(
            "spring.config.location=classpath:dev/modgate/fetcher/fetcher.yml,"
                + "optional:file:./modgate.yml");
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // it is logged by Spring; here the process ends
  public static void main(String[] args) {
    try {
      builder().run(args);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(FetcherApplication.class).error("the fetcher did not start");
      Runtime.getRuntime().halt(1); // Kafka's threads are no daemons
    }
  }
}
