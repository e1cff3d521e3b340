package dev.modgate.watcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// `modgate.watcher.*`; each key is explained in `watcher.yml`.
///
/// @param tokenFile empty for an API without a token
@ConfigurationProperties(prefix = "modgate.watcher", ignoreUnknownFields = false)
record WatcherSettings(
    String address,
    int port,
    String tokenFile,
    DataSize maxBody,
    @DefaultValue Requests requests,
    @DefaultValue Retry retry,
    Database database) {

  /// How many requests are on their way, and how long an answer may take.
  record Requests(
      @DefaultValue("2000") int mostUnanswered, @DefaultValue("6h") Duration resendAfter) {}

  /// When what was deferred is asked for again.
  record Retry(@DefaultValue({"1m", "5m", "30m", "2h", "12h", "24h"}) List<Duration> waits) {
    Retry {
      waits = List.copyOf(waits);
    }
  }

  /// @param url JDBC
  record Database(String url, String user, String password, int connections) {}

  /// @throws IllegalArgumentException naming every impossible value
  WatcherSettings {
    var problems = new ArrayList<String>();
    if (port < 0 || port > 65_535) {
      problems.add("port is " + port + ", want 0 to 65535");
    }
    if (maxBody.toBytes() < 1) {
      problems.add("max-body is " + maxBody + ", want at least 1B");
    }
    if (requests.mostUnanswered() < 1) {
      problems.add(
          "requests.most-unanswered is " + requests.mostUnanswered() + ", want at least 1");
    }
    if (requests.resendAfter().toMinutes() < 1) {
      problems.add("requests.resend-after is " + requests.resendAfter() + ", want at least PT1M");
    }
    checkWaits(retry.waits(), problems);
    if (database.connections() < 2) {
      problems.add("database.connections is " + database.connections() + ", want at least 2");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "modgate.watcher." + String.join("; modgate.watcher.", problems));
    }
  }

  private static void checkWaits(List<Duration> waits, List<String> problems) {
    if (waits.isEmpty()) {
      problems.add("retry.waits is empty, want at least one");
    }
    for (Duration wait : waits) {
      if (wait.toSeconds() < 1 || wait.compareTo(Duration.ofDays(365)) > 0) {
        problems.add("retry.waits has " + wait + ", want PT1S to P365D each");
      }
    }
  }

  Optional<Path> tokenFileIfAny() {
    return tokenFile.isBlank() ? Optional.empty() : Optional.of(Path.of(tokenFile));
  }
}
