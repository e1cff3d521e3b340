package dev.modgate.watcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;

class WatcherSettingsTest {
  @Test
  void theFileOfDefaultsSaysWhatTheRecordDoes() throws Exception {
    WatcherSettings settings = bind(Map.of());

    assertThat(settings.requests())
        .isEqualTo(new WatcherSettings.Requests(2_000, Duration.ofHours(6)));
    assertThat(settings.retry().waits())
        .containsExactly(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(12),
            Duration.ofDays(1));
    assertThat(settings.tokenFileIfAny()).isEmpty();
  }

  @Test
  void everyKeyCanBeSet() throws Exception {
    WatcherSettings settings =
        bind(
            Map.of(
                "modgate.watcher.retry.waits", "10s,1h",
                "modgate.watcher.requests.most-unanswered", "5",
                "modgate.watcher.requests.resend-after", "30m"));

    assertThat(settings.retry().waits())
        .containsExactly(Duration.ofSeconds(10), Duration.ofHours(1));
    assertThat(settings.requests())
        .isEqualTo(new WatcherSettings.Requests(5, Duration.ofMinutes(30)));
  }

  @Test
  void oneMessageNamesEveryImpossibleValue() {
    assertThatThrownBy(() ->
            bind(
                Map.of(
                    "modgate.watcher.port", "70000",
                    "modgate.watcher.max-body", "0B",
                    "modgate.watcher.requests.most-unanswered", "0",
                    "modgate.watcher.requests.resend-after", "1s",
                    "modgate.watcher.retry.waits", "1m,0s,366d",
                    "modgate.watcher.database.connections", "1")))
        .rootCause()
        .hasMessage(
            "modgate.watcher.port is 70000, want 0 to 65535;"
                + " modgate.watcher.max-body is 0B, want at least 1B;"
                + " modgate.watcher.requests.most-unanswered is 0, want at least 1;"
                + " modgate.watcher.requests.resend-after is PT1S, want at least PT1M;"
                + " modgate.watcher.retry.waits has PT0S, want PT1S to P365D each;"
                + " modgate.watcher.retry.waits has PT8784H, want PT1S to P365D each;"
                + " modgate.watcher.database.connections is 1, want at least 2");
  }

  @Test
  void anEmptyScheduleIsImpossible() {
    assertThatThrownBy(() -> bind(Map.of("modgate.watcher.retry.waits", "")))
        .rootCause()
        .hasMessage("modgate.watcher.retry.waits is empty, want at least one");
  }

  private static WatcherSettings bind(Map<String, String> changes) throws Exception {
    var all = new HashMap<String, Object>();
    var defaults =
        (EnumerablePropertySource<?>)
            new YamlPropertySourceLoader()
                .load("defaults", new ClassPathResource("dev/modgate/watcher/watcher.yml"))
                .getFirst();
    for (String name : defaults.getPropertyNames()) {
      all.put(name, String.valueOf(defaults.getProperty(name)));
    }
    all.putAll(changes);
    return new Binder(new MapConfigurationPropertySource(all))
        .bind("modgate.watcher", WatcherSettings.class)
        .get();
  }
}
