package dev.modgate.watcher;

import dev.modgate.start.KafkaConnection;
import dev.modgate.start.Service;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The watcher as a process of its own.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = KafkaAutoConfiguration.class)
@Import(WatcherConfiguration.class)
public class WatcherApplication {
  /// Classes 08, 28 and 3D of SQL, and what H2 says of its file.
  private static final String NO_CONNECTION = "(08|28|3D).*|90(013|020|028|031)";

  private static final int H2_IN_USE = 90_020;

  private static final Service SERVICE =
      new Service("watcher", WatcherApplication.class, WatcherSettings.class, KafkaConnection.class)
          .explaining(WatcherApplication::explain);

  public static void main(String[] args) {
    SERVICE.main(args);
  }

  public static Service service() {
    return SERVICE;
  }

  public static SpringApplicationBuilder builder() {
    return SERVICE.builder();
  }

  /// A database that can't be reached; other errors of a database are bugs.
  private static Optional<String> explain(Throwable failure) {
    if (!(failure instanceof SQLException e)
        || !String.valueOf(e.getSQLState()).matches(NO_CONNECTION)) {
      return Optional.empty();
    }
    String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return Optional.of(
        e.getErrorCode() == H2_IN_USE
            ? "the database of modgate.watcher.database.url is held by another process"
            : "the database of modgate.watcher.database.url can't be reached: " + why);
  }
}
