package dev.modgate.publisher;

import java.util.Objects;
import java.util.Properties;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;

/// Starts the publisher. Without auto-configuration: in standalone the class path holds what other
/// services need, such as a database.
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(PublisherConfiguration.class)
public class PublisherApplication {

  public static void main(String[] args) {
    try {
      builder().run(args);
    } catch (RuntimeException e) { // Spring has logged it
      Runtime.getRuntime().halt(1); // threads that are no daemons may have been started
    }
  }

  /// With the defaults of `publisher.yml`, which `modgate.yml` in the working folder, environment
  /// variables and arguments override.
  public static SpringApplicationBuilder builder() {
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ClassPathResource("publisher.yml", PublisherApplication.class));
    Properties defaults = Objects.requireNonNull(yaml.getObject(), "publisher.yml is in the jar");
    defaults.setProperty("spring.config.name", "modgate");
    return new SpringApplicationBuilder(PublisherApplication.class).properties(defaults);
  }
}
