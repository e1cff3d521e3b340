package dev.modgate.gateway;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.SettingsContract;
import dev.modgate.start.StartException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewaySettingsTest extends SettingsContract<GatewaySettings> {
  GatewaySettingsTest() {
    super(GatewaySettings.class, "gateway.yml", GatewayApplication.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "address | 0.0.0.0 | is \"0.0.0.0\", which others can reach: set"
            + " modgate.gateway.allow-remote=true if they may",
        "address | 1.2.3.4.5 | is \"1.2.3.4.5\", which is no address",
        "port | 65536 | is 65536, want 0 to 65535",
        "threads | 3 | is 3, want 4 to 1000",
        "max-connections | 0 | is 0, want 1 to 100000",
        "idle-timeout | 0s | is 0s, want 1s to 1h",
        "cache.max-size | 1KB | is 1KB, want 1MB to 10TB",
        "cache.max-age | 1s | is 1s, want 1m to 3650d",
        "cache.wait-for-store | 2m | is 2m, want 100ms to 1m",
        "console-url | ftp://x | is \"ftp://x\", want http:// or https://",
        "console-url | a b | is \"a b\", want a URL",
      })
  void refusesImpossibleValues(String key, String value, String fault) {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> read(Map.of("modgate.gateway." + key, value)))
        .withMessage("modgate.gateway." + key + " " + fault);
  }
}
