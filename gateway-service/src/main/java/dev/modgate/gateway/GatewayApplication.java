package dev.modgate.gateway;

import java.util.Objects;
import java.util.Properties;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;

/// Starts the gateway. Without auto-configuration: in standalone the class path holds what other
/// services need, such as a database.
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(GatewayConfiguration.class)
public class GatewayApplication {

  public static void main(String[] args) {
    try {
      builder().run(args);
    } catch (RuntimeException e) { // Spring has logged it
      Runtime.getRuntime().halt(1); // threads that are no daemons may have been started
    }
  }

  /// With the defaults of `gateway.yml`, which `modgate.yml` in the working folder, environment
  /// variables and arguments override.
  public static SpringApplicationBuilder builder() {
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ClassPathResource("gateway.yml", GatewayApplication.class));
    Properties defaults = Objects.requireNonNull(yaml.getObject(), "gateway.yml is in the jar");
    defaults.setProperty("spring.config.name", "modgate");
    return new SpringApplicationBuilder(GatewayApplication.class).properties(defaults);
  }
}
