package dev.modgate.publisher;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.SettingsContract;
import dev.modgate.start.StartException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PublisherSettingsTest extends SettingsContract<PublisherSettings> {
  PublisherSettingsTest() {
    super(PublisherSettings.class, "publisher.yml", PublisherApplication.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-items | 0 | is 0, want 1 to 1000",
        "max-bytes | 0B | is 0B, want 1B to 1TB",
        "drain | 2h | is 2h, want 0s to 1h",
        "verifier-keys | x+y | can't be used: verifier key \"x+y\" is not of the form name+hash+key",
        "drain | -1s | is -1s, want 0s to 1h",
      })
  void refusesImpossibleValues(String key, String value, String fault) {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> read(Map.of("modgate.publisher." + key, value)))
        .withMessage("modgate.publisher." + key + " " + fault);
  }
}
