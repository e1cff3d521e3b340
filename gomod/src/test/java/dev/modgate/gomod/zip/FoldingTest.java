package dev.modgate.gomod.zip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.gomod.oracle.XMod;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

  @Test
  void putsEveryLetterIntoTheClassThatGoPutsItInto() throws Exception {
    XMod.buildOnce();
    Map<Integer, Integer> classes = new HashMap<>();

    for (String line : XMod.letters()) {
      int space = line.indexOf(' ');
      int letter = Integer.parseInt(line.substring(0, space), 16);
      int lowest = Integer.parseInt(line.substring(space + 1), 16);

      assertThat(Folding.fold(letter)).as(line).isEqualTo(Folding.fold(lowest));
      assertThat(classes.putIfAbsent(Folding.fold(letter), lowest)).as(line).isIn(null, lowest);
    }
    assertThat(classes).hasSizeGreaterThan(100_000);
  }
}
