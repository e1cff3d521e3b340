package dev.modgate.verifier;

import dev.modgate.start.BlobFolder;
import dev.modgate.start.HealthPort;
import dev.modgate.start.KafkaConnection;
import dev.modgate.start.Service;
import dev.modgate.start.SumDbSetting;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/// The verifier as a process of its own. Without auto-configuration: in standalone the class path
/// holds what other services need, such as a database.
@SpringBootConfiguration(proxyBeanMethods = false)
@Import(VerifierConfiguration.class)
public class VerifierApplication {
  private static final Service SERVICE =
      new Service(
          "verifier",
          VerifierApplication.class,
          VerifierSettings.class,
          KafkaConnection.class,
          HealthPort.class,
          SumDbSetting.class,
          BlobFolder.class);

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
