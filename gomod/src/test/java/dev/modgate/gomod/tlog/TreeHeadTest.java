package dev.modgate.gomod.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeHeadTest {
  private static final String TEXT =
      """
      go.sum database tree
      123456789012
      TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=
      """;
  private static final TreeHead HEAD =
      new TreeHead(123_456_789_012L, TlogHash.leaf("hello world".getBytes(StandardCharsets.UTF_8)));

  @Test
  void writesTheTextThatIsSigned() {
    assertThat(HEAD.text()).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "JOE", "JOE\n", "JOE\nJOE\n\nJOE\n"})
  void readsItAndIgnoresWhatMayBeAddedLater(String more) {
    assertThat(TreeHead.parse(TEXT + more)).isEqualTo(HEAD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          not-go.sum database tree/1/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=/ | tree head begins with "not-go.sum database tree", want "go.sum database tree"
          go.sum database tree v2/1/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=/ | tree head begins with "go.sum database tree v2", want "go.sum database tree"
          go.sum database tree/1/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0= | tree head has not three whole lines
          go.sum database tree/1/ | tree head has not three whole lines
          go.sum database tree/0xabc/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=/ | tree head has the size "0xabc", want a decimal number
          go.sum database tree/01/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=/ | tree head has the size "01", want a decimal number
          go.sum database tree/-1/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=/ | tree head has the size "-1", want a decimal number
          go.sum database tree/9999999999999999999/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=/ | tree head has the size 9999999999999999999, too large
          go.sum database tree/4611686018427387905/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=/ | no tree has 4611686018427387905 records
          go.sum database tree/1/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=/ | hash "TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBTOOBIG=" holds 35 bytes, want 32
          go.sum database tree/1/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb1=/ | hash "TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb1=" is not canonical base64
          go.sum database tree/1/TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb!=/ | hash "TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb!=" is not base64
          """)
  void saysWhatIsWrong(String lines, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeHead.parse(lines.replace('/', '\n')))
        .withMessage(sentence);
  }
}
