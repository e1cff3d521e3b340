package dev.modgate.gomod.gosum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoSumTest {
  private static final String HASH = "h1:kuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=";

  private static GoSum parse(String text) throws Exception {
    return GoSum.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "go.sum");
  }

  @Test
  void keepsEveryLineWithItsNumber() throws Exception {
    GoSum sum =
        parse("example.com/m v1.0.0 %1$s\n\nexample.com/m v1.0.0/go.mod %1$s\n".formatted(HASH));

    assertThat(sum.lines()).hasSize(2);
    assertThat(sum.lines().get(0).number()).isEqualTo(1);
    assertThat(sum.lines().get(0).goMod()).isFalse();
    assertThat(sum.lines().get(1).number()).isEqualTo(3);
    assertThat(sum.lines().get(1).goMod()).isTrue();
    assertThat(sum.lines().get(1).module()).hasToString("example.com/m@v1.0.0");
  }

  @Test
  void takesAHundredThousandLines() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("example.com/m v1.0.").append(i).append(' ').append(HASH).append('\n');
    }

    assertThat(parse(text.toString()).lines()).hasSize(100_000);
  }

  @Test
  void readsNoFurtherThanToOneModuleVersionTooMany() throws Exception {
    String two =
        "a.b/c v1.0.0 %1$s\na.b/c v1.0.0/go.mod %1$s\na.b/c v1.0.1/go.mod %1$s\n".formatted(HASH);

    assertThat(parse(two, 2).lines()).hasSize(3);
    assertThatThrownBy(() -> parse(two + "a.b/c v1.0.2 " + HASH + "\nnonsense\n", 2))
        .isInstanceOf(GoSumException.class)
        .hasMessage("go.sum:4: file names more than 2 module versions, the most that are taken");
  }

  private static GoSum parse(String text, int mostModules) throws Exception {
    return GoSum.parse(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "go.sum", mostModules);
  }

  @Test
  void endsAStreamThatDoesNotEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            java.util.Arrays.fill(bytes, offset, offset + length, (byte) 'a');
            return length;
          }
        };

    assertThatThrownBy(() -> GoSum.parse(endless, "go.sum")).isInstanceOf(GoSumException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          two-fields                  | go.sum:1:
          duplicate-with-another-hash | go.sum:2:
          path-leaves-its-folder      | go.sum:1:
          version-not-canonical       | v1.0
          hash-too-short              | go.sum:1:
          hash-of-another-kind        | h2:
          nul                         | go.sum:1:
          """)
  void namesTheLineThatIsBroken(String fault, String sentence) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(GoSumTest.class.getResourceAsStream("/gosum/" + fault + ".txt"))) {
      assertThatThrownBy(() -> GoSum.parse(in, "go.sum"))
          .isInstanceOf(GoSumException.class)
          .hasMessageContaining("go.sum:")
          .hasMessageContaining(sentence);
    }
  }

  @Test
  void namesBothLinesOfAContradiction() throws Exception {
    String other = "h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=";

    assertThatThrownBy(
            () -> parse("example.com/m v1.0.0 " + HASH + "\nexample.com/m v1.0.0 " + other + "\n"))
        .hasMessageContaining("go.sum:2")
        .hasMessageContaining("1")
        .hasMessageContaining(HASH)
        .hasMessageContaining(other);
  }
}
