package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.SettingsContract;
import dev.modgate.start.StartException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatcherSettingsTest extends SettingsContract<WatcherSettings> {
  WatcherSettingsTest() {
    super(WatcherSettings.class, "watcher.yml", WatcherApplication.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port | 65536 | is 65536, want 0 to 65535",
        "max-body | 0B | is 0B, want 1B to 1GB",
        "requests.most-unanswered | 0 | is 0, want 1 to 1000000",
        "requests.resend-after | 1s | is 1s, want 1m to 30d",
        "retry.waits | 1m,0s | is [PT1M, PT0S], want at least one, each PT1S to P365D",
        "retry.waits | 366d | is [PT8784H], want at least one, each PT1S to P365D",
        "retry.waits | '' | is [], want at least one, each PT1S to P365D",
        "hooks.max-body | 26MB | is 26MB, want 1KB to 25MB",
        "hooks.read-timeout | 2m | is 2m, want 100ms to 1m",
        "hooks.gather | 11m | is 11m, want 0s to 10m",
        "groups.every | 1s | is 1s, want 1m to 30d",
        "groups.confirm-above | -1 | is -1, want 0 to 10000",
        "public-url | ftp://a | is \"ftp://a\", want https://HOST or http://HOST, with or without a"
            + " path",
        "git.largest-object | 64MB | is 64MB, want 1KB to 48MB",
        "git.time | 1h | is 1h, want 1s to 20m",
        "poll.at-once | 0 | is 0, want 1 to 100",
        "poll.longest-wait | 1s | is 1s, want 1m to 7d",
        "retention.every | 1s | is 1s, want 1m to 30d",
        "retention.syncs | 1h | is 1h, want 1d to 36500d",
        "retention.deliveries | 2d | is 2d, want 3d to 36500d",
        "retention.commits | 1d | is 1d, want 7d to 36500d",
        "retention.notifications | 14d | is 14d, want 15d to 36500d",
        "notifications.gather | 2h | is 2h, want 0s to 1h",
        "notifications.most-named | 0 | is 0, want 1 to 50",
        "notifications.give-up-after | 15d | is 15d, want 1h to 14d",
        "notifications.timeout | 1m | is 1m, want 1s to 30s",
        "notifications.channels.ops.kind | pigeon | is \"pigeon\", want one of webhook, slack,"
            + " dingtalk, feishu, wecom, email",
        "want-lists.oldest | 1s | is 1s, want 1m to 3650d",
        "database.connections | 1 | is 1, want 2 to 1000",
        "database.url | postgresql://db | is no JDBC URL, want jdbc:h2:file:… or"
            + " jdbc:postgresql://HOST/DATABASE",
      })
  void refusesImpossibleValues(String key, String value, String fault) {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> read(Map.of("modgate.watcher." + key, value)))
        .withMessage("modgate.watcher." + key + " " + fault);
  }

  @Test
  void showsNoPassword() {
    var settings =
        read(
            Map.of(
                "modgate.watcher.database.password", "s3cret",
                "modgate.watcher.database.url", "jdbc:postgresql://db/m?password=s3cret"));

    assertThat(settings.toString()).doesNotContain("s3cret");
  }
}
