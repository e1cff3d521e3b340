package dev.modgate.watcher;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `modgate.watcher.*`; each key is explained in `watcher.yml`.
@ConfigurationProperties(prefix = "modgate.watcher", ignoreUnknownFields = false)
record WatcherSettings(
    String address,
    int port,
    @Nullable Path tokenFile,
    DataSize maxBody,
    int partitions,
    short replication,
    Database database) {

  /// @param url JDBC
  record Database(String url, String user, String password, int connections) {}

  Optional<Path> tokenFileIfAny() {
    return Optional.ofNullable(tokenFile).filter(path -> !path.toString().isEmpty());
  }
}
