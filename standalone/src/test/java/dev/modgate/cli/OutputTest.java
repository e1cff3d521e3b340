package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputTest {

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "211300000,211.3 MB",
    "5000000000000000,5000.0 TB"
  })
  void bytesAreReadable(long bytes, String text) {
    assertThat(Output.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.04,0.0 s", "4.23,4.2 s", "185,3 min 5 s"})
  void secondsAreReadable(double seconds, String text) {
    assertThat(Output.seconds(seconds)).isEqualTo(text);
  }
}
