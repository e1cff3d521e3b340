package dev.modgate.watcher;

import dev.modgate.start.Check;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// `modgate.watcher.*`; each key is explained in `watcher.yml`.
///
/// @param tokenFile empty for an API without a token
@ConfigurationProperties("modgate.watcher")
record WatcherSettings(
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("8080") int port,
    @DefaultValue("") String tokenFile,
    @DefaultValue("32MB") DataSize maxBody,
    @DefaultValue Database database) {

  /// @param url JDBC
  record Database(
      @DefaultValue("jdbc:h2:file:./data/watcher/modgate;WRITE_DELAY=0") String url,
      @DefaultValue("modgate") String user,
      @DefaultValue("") String password,
      @DefaultValue("8") int connections) {

    /// Without the password, and without the URL, which may hold one.
    @Override
    public String toString() {
      return "Database[connections " + connections + "]";
    }
  }

  WatcherSettings {
    new Check("modgate.watcher")
        .number("port", port, 0, 65_535)
        .size("max-body", maxBody, DataSize.ofBytes(1), DataSize.ofGigabytes(1))
        .number("database.connections", database.connections(), 2, 1000)
        .that(
            database.url().startsWith("jdbc:"),
            "database.url",
            "is no JDBC URL, want jdbc:h2:file:… or jdbc:postgresql://HOST/DATABASE")
        .end();
  }

  Optional<Path> tokenFileIfAny() {
    return tokenFile.isBlank() ? Optional.empty() : Optional.of(Path.of(tokenFile));
  }
}
