package dev.modgate.gomod.quote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuotedTest {
  private static final String ESC = "\u001b[2J";

  @Test
  void textThatPrintsStaysAsItIs() {
    assertThat(Quoted.of("example.com/m v1.0.0 ä")).isEqualTo("\"example.com/m v1.0.0 ä\"");
    assertThat(Plain.of("zip hash is \"h1:…\", not ä \uD83D\uDE00"))
        .isEqualTo("zip hash is \"h1:…\", not ä \uD83D\uDE00");
  }

  @Test
  void quotesAndBackslashesAreEscapedWithinQuotes() {
    assertThat(Quoted.of("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000", "\u0007", "\t", "\n", "\r", "\u001b", "\u007f", "\u0085", "\u009b", "\u00ad",
        "\u200b", "\u2028", "\u202e", "\u2066", "\ud800", "\ue000"
      })
  void whatDoesNotPrintIsEscaped(String text) {
    String escaped = String.format("\\u%04x", (int) text.charAt(0));

    assertThat(Quoted.of("a" + text + "b")).isEqualTo("\"a" + escaped + "b\"");
    assertThat(Plain.of("a" + text + "b")).isEqualTo("a" + escaped + "b");
  }

  @Test
  void longTextIsCutAndSaysSo() {
    String text = "x".repeat(200);

    assertThat(Quoted.of(text)).isEqualTo("\"" + text + "\"");
    assertThat(Quoted.of(text + ESC)).isEqualTo("\"" + text + "\"... (204 characters)");
    assertThat(Plain.of(text + ESC)).isEqualTo(text + "\\u001b[2J");
  }
}
