package dev.modgate.watcher;

import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `modgate.watcher.*`; each key is explained in `watcher.yml`.
///
/// @param tokenFile empty for an API without a token
@ConfigurationProperties(prefix = "modgate.watcher", ignoreUnknownFields = false)
record WatcherSettings(
    String address, int port, String tokenFile, DataSize maxBody, Database database) {

  /// @param url JDBC
  record Database(String url, String user, String password, int connections) {}

  Optional<Path> tokenFileIfAny() {
    return tokenFile.isBlank() ? Optional.empty() : Optional.of(Path.of(tokenFile));
  }
}
