package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.unit.DataSize;

final class SettingsTest {
  @ConfigurationProperties("modgate.fetcher")
  record Fetcher(
      @DefaultValue("32") int maxItems,
      @DefaultValue("1GB") DataSize maxBytes,
      @DefaultValue List<String> hosts,
      @DefaultValue Retry retry) {
    record Retry(@DefaultValue("500ms") Duration firstWait) {}

    Fetcher {
      new Check("modgate.fetcher")
          .number("max-items", maxItems, 1, 1000)
          .time("retry.first-wait", retry.firstWait(), Duration.ofMillis(10), Duration.ofDays(1))
          .end();
    }
  }

  private final ConfigurableEnvironment environment = new StandardEnvironment();
  private final MutablePropertySources sources = environment.getPropertySources();

  SettingsTest() {
    sources.stream().toList().forEach(source -> sources.remove(source.getName()));
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    assertThat(fetcher())
        .isEqualTo(
            new Fetcher(
                32, DataSize.ofGigabytes(1), List.of(), new Fetcher.Retry(Duration.ofMillis(500))));
  }

  @Test
  void theEnvironmentOverridesTheFile() throws IOException {
    variables("MODGATE_FETCHER_MAXITEMS", "3");
    file(
        """
        modgate:
          fetcher:
            max-items: 2
            max-bytes: 1MB
        """);

    assertThat(fetcher().maxItems()).isEqualTo(3);
    assertThat(fetcher().maxBytes()).isEqualTo(DataSize.ofMegabytes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "MODGATE_FETCHER_RETRY_FIRSTWAIT",
    "MODGATE_FETCHER_RETRY_FIRST_WAIT",
    "modgate_fetcher_retry_firstwait"
  })
  void aVariableMayKeepTheDashesAsUnderscores(String name) {
    variables(name, "1s");

    assertThat(fetcher().retry().firstWait()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void namesEveryProblemAndItsPlaceAtOnce() throws IOException {
    variables("MODGATE_FETCHER_RETRY_FIRSTWAIT", "soon", "MODGATE_FETCHER_MAX_ITEM", "3");
    file(
        """
        modgate:
          fetcher:
            max-items: 0
            max-byte: 1MB
            max-bytes: plenty
          kafka.partition: 3
          fetchr.max-items: 1
        fetcher:
          max-items: 1
        """);

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(this::fetcher)
        .satisfies(e ->
            assertThat(e.problems())
                .containsExactlyInAnyOrder(
                    "modgate.fetcher.max-bytes is \"plenty\", want a size such as 64KB or 1GB"
                        + " (modgate.yml, line 5)",
                    "modgate.fetcher.retry.first-wait is \"soon\", want a time such as 500ms, 30s"
                        + " or 5m (environment variable MODGATE_FETCHER_RETRY_FIRSTWAIT)",
                    "modgate.fetcher.max-items is 0, want 1 to 1000",
                    "environment variable \"MODGATE_FETCHER_MAX_ITEM\" is no setting",
                    "modgate.fetcher.max-byte is no setting (modgate.yml, line 4)",
                    "modgate.kafka.partition is no setting (modgate.yml, line 6)",
                    "modgate.fetchr.max-items is no setting (modgate.yml, line 7)",
                    "fetcher.max-items is no setting (modgate.yml, line 9)"));
  }

  @Test
  void otherServicesSectionsAreTheirOwnBusiness() throws IOException {
    variables("MODGATE_WATCHER_SERVICE_HOST", "10.0.0.1", "MODGATE_DATA", "/srv/modgate");
    file(
        """
        modgate:
          watcher.of-a-newer-version: 1
          verifier:
        spring.main.banner-mode: console
        """);

    assertThat(fetcher().maxItems()).isEqualTo(32);
  }

  @Test
  void anEmptySectionOrListIsNone() throws IOException {
    file(
        """
        modgate:
          fetcher:
            max-items:
            hosts:
            retry:
        """);

    assertThat(fetcher().maxItems()).isEqualTo(32);
    assertThat(fetcher().hosts()).isEmpty();
  }

  @Test
  void whatBelongsToAMapIsNotLookedAt() throws IOException {
    variables("MODGATE_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL");
    file(
        """
        modgate:
          kafka:
            properties:
              sasl.mechanism: PLAIN
        """);

    var kafka = (KafkaConnection) read(KafkaConnection.class);

    assertThat(kafka.properties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("security.protocol", "SSL", "sasl.mechanism", "PLAIN"));
    assertThat(kafka.toString()).doesNotContain("PLAIN");
  }

  @Test
  void aProblemHoldsNoValueOfAMap() {
    variables("MODGATE_KAFKA_PROPERTIES", "sasl.jaas.config=x password=SECRET1");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(this::fetcher)
        .withMessage(
            "modgate.kafka.properties is no map: want keys of its own below it"
                + " (environment variable MODGATE_KAFKA_PROPERTIES)");
  }

  @Test
  void aProblemHoldsNoValueOfASection() throws IOException {
    file("modgate.fetcher.retry: SECRET2\nmodgate.kafka: SECRET3\n");

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(this::fetcher)
        .satisfies(e -> assertThat(e.getMessage()).contains("retry").doesNotContain("SECRET"));
  }

  @Test
  void aProblemHoldsNoEscapeSequence() {
    sources.addFirst(
        new MapPropertySource("values", Map.of("modgate.fetcher.max-items", "\u001b[2J")));

    assertThatExceptionOfType(StartException.class)
        .isThrownBy(this::fetcher)
        .withMessage("modgate.fetcher.max-items is \"\\u001b[2J\", want a whole number");
  }

  private Fetcher fetcher() {
    return (Fetcher) read(Fetcher.class);
  }

  private Record read(Class<? extends Record> type) {
    return Settings.read(environment, List.of(type, KafkaConnection.class)).getFirst();
  }

  private void variables(String name, String value, String... more) {
    Map<String, Object> all =
        more.length == 0 ? Map.of(name, value) : Map.of(name, value, more[0], more[1]);
    sources.addFirst(
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, all));
  }

  private void file(String yaml) throws IOException {
    var resource =
        new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public String getFilename() {
            return "modgate.yml";
          }
        };
    new YamlPropertySourceLoader().load("modgate.yml", resource).forEach(sources::addLast);
  }
}
