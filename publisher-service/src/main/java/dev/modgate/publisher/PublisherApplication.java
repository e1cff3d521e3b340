package dev.modgate.publisher;

import dev.modgate.start.BlobFolder;
import dev.modgate.start.HealthPort;
import dev.modgate.start.KafkaConnection;
import dev.modgate.start.Service;
import dev.modgate.start.SumDbSetting;
import dev.modgate.start.ZoneFolder;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/// The publisher as a process of its own. Without auto-configuration: in standalone the class path
/// holds what other services need, such as a database.
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(PublisherConfiguration.class)
public class PublisherApplication {
  private static final Service SERVICE =
      new Service(
          "publisher",
          PublisherApplication.class,
          PublisherSettings.class,
          KafkaConnection.class,
          HealthPort.class,
          SumDbSetting.class,
          BlobFolder.class,
          ZoneFolder.class);

  public static void main(String[] args) {
    SERVICE.main(args);
  }

  public static Service service() {
    return SERVICE;
  }

  public static SpringApplicationBuilder builder() {
    return SERVICE.builder();
  }
}
