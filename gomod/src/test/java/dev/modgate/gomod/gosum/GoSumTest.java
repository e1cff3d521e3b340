package dev.modgate.gomod.gosum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    assertThatExceptionOfType(GoSumException.class)
        .isThrownBy(() -> parse(two + "a.b/c v1.0.2 " + HASH + "\nnonsense\n", 2))
        .withMessage("go.sum:4: file names more than 2 module versions, the most that are taken");
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
            Arrays.fill(bytes, offset, offset + length, (byte) 'a');
            return length;
          }
        };

    assertThatExceptionOfType(GoSumException.class)
        .isThrownBy(() -> GoSum.parse(endless, "go.sum"))
        .withMessage("go.sum:1: line is longer than 1024 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          two-fields | 1 | line has 2 fields, want 3: module, version, hash
          path-leaves-its-folder | 1 | module path "../x": its element ".." is only dots
          version-not-canonical | 1 | version "v1.0" is not canonical: want vMAJOR.MINOR.PATCH, as in v1.2.3
          hash-too-short | 1 | hash "h1:c2hvcnQ=" holds 5 bytes, a SHA-256 has 32
          hash-that-is-no-base64 | 1 | hash "h1:a.word" is not base64 after h1:
          hash-of-another-kind | 1 | hash "h2:kuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=" is of kind "h2", only h1 is known
          nul | 1 | line has a NUL at column 14
          path-with-escape-sequence | 1 | module path "example.com/\\u001b[2Jm": it has the character "\\u001b", which is not allowed
          version-with-escape-sequence | 1 | version "v1.0.0\\u001b[2J" is not canonical: want vMAJOR.MINOR.PATCH, as in v1.2.3
          hash-with-escape-sequence | 1 | hash "h1:\\u001b[2Jshort=" is not base64 after h1:
          hash-without-kind-with-escape-sequence | 1 | hash "\\u001b[31mkuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=" does not begin with h1:
          hash-of-a-kind-with-escape-sequence | 1 | hash "\\u001b]0;h2\\u0007:kuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=" is of kind "\\u001b]0;h2\\u0007", only h1 is known
          duplicate-with-another-hash | 2 | example.com/m@v1.0.0 has hash h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0= but line 1 says h1:kuoIxZQy2WRRk1pttg9asf+WVv6tWQuBNVmK8+nqPr0=
          """)
  void namesTheLineAndWhatIsWrongWithIt(String fault, int line, String sentence)
      throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoSumTest.class.getResourceAsStream("/gosum/" + fault + ".txt"))) {
      assertThatExceptionOfType(GoSumException.class)
          .isThrownBy(() -> GoSum.parse(in, "go.sum"))
          .withMessage("go.sum:" + line + ": " + sentence);
    }
  }

  @Test
  void namesEveryWrongLineAtOnceUpToTwenty() {
    assertThatExceptionOfType(GoSumException.class)
        .isThrownBy(() -> parse("a b\n\na b\n"))
        .satisfies(e -> assertThat(e.problems()).hasSize(2))
        .withMessageMatching("(?s)go\\.sum:1: [^\n]*\ngo\\.sum:3: [^\n]*");
    assertThatExceptionOfType(GoSumException.class)
        .isThrownBy(() -> parse("a b\n".repeat(1000)))
        .satisfies(e -> assertThat(e.problems()).hasSize(20));
  }
}
