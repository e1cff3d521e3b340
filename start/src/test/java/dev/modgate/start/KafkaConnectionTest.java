package dev.modgate.start;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
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
        "properties.acks | some | can't be used: Invalid value some for configuration acks: String"
            + " must be one of: all, -1, 0, 1",
        "properties.request.timeout.ms | soon | can't be used: Invalid value soon for configuration"
            + " request.timeout.ms: Not a number of type INT",
      })
  void refusesImpossibleValues(String key, String value, String fault) {
    assertThatExceptionOfType(StartException.class)
        .isThrownBy(() -> read(Map.of("modgate.kafka." + key, value)))
        .withMessage("modgate.kafka." + key + " " + fault);
  }

  @Test
  void leavesPropertiesAloneThatKafkaItselfDoesNotKnow() {
    read(
        Map.of(
            "modgate.kafka.properties.sasl.jaas.config", "x", "modgate.kafka.properties.my", "y"));
  }
}
