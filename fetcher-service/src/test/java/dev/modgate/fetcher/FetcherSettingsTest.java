package dev.modgate.fetcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

class FetcherSettingsTest {
  @Test
  void theDefaultsOfTheRecordAreThoseOfTheCommentedFile() throws IOException {
    var sources = new MutablePropertySources();
    new YamlPropertySourceLoader()
        .load("fetcher.yml", new ClassPathResource("dev/modgate/fetcher/fetcher.yml"))
        .forEach(sources::addLast);
    var binder = new Binder(ConfigurationPropertySources.from(sources));
    var ofFile = binder.bindOrCreate("modgate.fetcher", FetcherSettings.class);

    var ofRecord = bind(Map.of());

    assertThat(ofFile).isEqualTo(ofRecord);
    assertThat(ofFile.concurrency()).isEqualTo(32);
    assertThat(binder.bindOrCreate("modgate.kafka", SharedSettings.Kafka.class))
        .isEqualTo(binder(Map.of()).bindOrCreate("modgate.kafka", SharedSettings.Kafka.class));
  }

  @Test
  void readsEveryKey() {
    var settings =
        bind(
            Map.of(
                "upstreams", "https://a.example|https://b.example",
                "redirect-hosts", "cdn.example",
                "header-timeout", "5s",
                "instance-id", "fetcher-1",
                "retry.tries", "2",
                "breaker.open-wait", "1m"));

    assertThat(settings.entries()).hasSize(2);
    assertThat(settings.http("x").redirectHosts()).isEqualTo(Set.of("cdn.example"));
    assertThat(settings.http("x").headerTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.stage().instanceId()).isEqualTo("fetcher-1");
    assertThat(settings.resilience().tries()).isEqualTo(2);
    assertThat(settings.resilience().openWait()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "upstreams; off; names no upstream",
        "upstreams; direct; names no upstream",
        "upstreams; ' '; has no entry",
        "upstreams; ftp://a.example; scheme \"ftp\"",
        "upstreams; https://ann:s3cret@a.example?x=1; \"https://a.example?x=1\" has a query",
        "concurrency; 0; modgate.fetcher.concurrency is 0, want 1 to 1000",
        "idle-timeout; 0s; modgate.fetcher.idle-timeout is 0 ms",
        "retry.tries; 0; modgate.fetcher.retry.tries is 0",
        "breaker.failure-percent; 101; modgate.fetcher.breaker.failure-percent is 101",
        "breaker.min-calls; 21; modgate.fetcher.breaker.min-calls is 21, want 1 to 20",
      })
  void refusesImpossibleValues(String key, String value, String sentence) {
    assertThatThrownBy(() -> bind(Map.of(key, value)))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void namesAllProblemsAtOnce() {
    assertThatThrownBy(() -> bind(Map.of("concurrency", "0", "retry.tries", "99")))
        .rootCause()
        .hasMessageContainingAll("concurrency is 0", "retry.tries is 99");
  }

  @Test
  void showsNoSecrets() {
    var settings = bind(Map.of("upstreams", "https://ann:s3cret@a.example"));

    assertThat(settings.toString() + settings.entries()).doesNotContain("s3cret");
  }

  private static FetcherSettings bind(Map<String, String> values) {
    var full = new HashMap<String, String>();
    values.forEach((key, value) -> full.put("modgate.fetcher." + key, value));
    return binder(full).bindOrCreate("modgate.fetcher", FetcherSettings.class);
  }

  private static Binder binder(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values));
  }
}
