package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FoldingTest {
  @ParameterizedTest
  @CsvSource({
    "LICENSE, license",
    "Straße, STRAẞE",
    "\u212aelvin, kelvin", // the Kelvin sign
    "\u017fort, Sort", // the long s
    "ΟΔΟΣ, οδος",
    "οδος, οδοσ",
    "ǆ, ǅ",
    "ϴ, θ",
    "\u00b5, μ", // the micro sign
    "\ud801\udc00, \ud801\udc28" // Deseret, beyond 16 bits
  })
  void isOneNameOnAFileSystemThatIgnoresCase(String a, String b) {
    assertThat(Folding.fold(a)).isEqualTo(Folding.fold(b));
  }

  @ParameterizedTest
  @CsvSource({"İ, i", "ı, I", "ß, ss", "é, e", "ﬀ, ff", "a, b"})
  void areTwoNames(String a, String b) {
    assertThat(Folding.fold(a)).isNotEqualTo(Folding.fold(b));
  }
}
