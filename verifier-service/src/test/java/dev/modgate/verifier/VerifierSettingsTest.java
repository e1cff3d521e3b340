package dev.modgate.verifier;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.start.SettingsContract;
import dev.modgate.start.StartException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VerifierSettingsTest extends SettingsContract<VerifierSettings> {
  VerifierSettingsTest() {
    super(VerifierSettings.class, "verifier.yml", VerifierApplication.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-items | 0 | is 0, want 1 to 1000",
        "max-bytes | 0B | is 0B, want 1B to 1TB",
        "drain | 2h | is 2h, want 0s to 1h",
        "drain | -1s | is -1s, want 0s to 1h",
        "no-sumdb | a.example,[ | can't be used: pattern \"[\" is broken",
        "sumdb-proxies | https://me:secret@proxy.example?x=1 | can't be used: GOPROXY entry"
            + " \"https://proxy.example?x=1\" has a query or a fragment",
        "sumdb-timeout | 0s | is 0s, want 1ms to 1h",
        "proxy | socks5://me:secret@proxy.example | can't be used: proxy is no address of an HTTP"
            + " proxy, want http://host:port",
        "client-key | /etc/us.key | is missing: certificate and key go together",
        "credentials.sum.corp | me:secret | is no reference to a file, want file:/ABSOLUTE/PATH",
      })
  void refusesImpossibleValues(String key, String value, String fault) {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> read(Map.of("modgate.verifier." + key, value)))
        .withMessage(
            "modgate.verifier." + key.replace("client-key", "client-certificate") + " " + fault);
  }
}
