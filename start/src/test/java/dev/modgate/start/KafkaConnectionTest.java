package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KafkaConnectionTest extends SettingsContract<KafkaConnection> {
  KafkaConnectionTest() {
    super(KafkaConnection.class, "all.yml", Service.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "bootstrap-servers | ${nothing:} | is blank, want host:port",
        "topic-prefix | a b | is \"a b\", want at most 100 letters, digits, \".\", \"_\", \"-\"",
        "partitions | 0 | is 0, want 1 to 10000",
        "replication | 0 | is 0, want 1 or more, or -1",
      })
  void refusesImpossibleValues(String key, String value, String fault) {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> read(Map.of("modgate.kafka." + key, value)))
        .withMessage("modgate.kafka." + key + " " + fault);
  }
}
