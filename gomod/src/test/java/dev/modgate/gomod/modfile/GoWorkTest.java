package dev.modgate.gomod.modfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GoWorkTest {
  private static final String ALL =
      """
      // which modules are worked on
      go 1.26.0
      toolchain go1.26.1
      godebug panicnil=1
      use ./a
      use (
      \t"./b" // with a comment
      \t../c
      )
      replace example.com/d => ./d
      replace example.com/e v1.0.0 => example.com/f v1.1.0
      """;

  @Test
  void readsAllDirectives() throws Exception {
    GoWork work = parse(ALL);

    assertThat(work.go()).contains("1.26.0");
    assertThat(work.toolchain()).contains("go1.26.1");
    assertThat(work.uses())
        .containsExactly(new Use("./a", 5), new Use("./b", 7), new Use("../c", 8));
    assertThat(work.replaces())
        .containsExactly(
            new Replace("example.com/d", Optional.empty(), "./d", Optional.empty(), 10),
            new Replace(
                "example.com/e",
                Optional.of("v1.0.0"),
                "example.com/f",
                Optional.of("v1.1.0"),
                11));
    assertThat(work.godebugs()).containsExactly(new Godebug("panicnil", "1", 4));
  }

  @Test
  void mayBeEmpty() throws Exception {
    assertThat(parse("").uses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          module example.com/m       | go.work:1: unknown directive "module"
          require example.com/m v1.0.0 | go.work:1: unknown directive "require"
          tool example.com/m         | go.work:1: unknown directive "tool"
          use                        | go.work:1: use should read "use ./folder"
          use ./a ./b                | go.work:1: use should read "use ./folder"
          go v1                      | go.work:1: go version "v1" is not of the form 1.23.0
          toolchain 1.25             | go.work:1: toolchain "1.25" is not of the form go1.23.0 or default
          replace example.com/m      | go.work:1: replace should read "replace module/path [v1.2.3] => other/module v1.4.0, or => ../folder"
          """)
  void namesWhatIsWrong(String text, String sentence) {
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> parse(text))
        .withMessage(sentence);
  }

  @Test
  void goStandsInNoBlock() {
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> parse("go (\n1.25\n)\n"))
        .withMessage("go.work:2: directive \"go\" cannot stand in a block");
  }

  @Test
  void aGoModHasNoUse() {
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> GoMod.parse("use ./a\n".getBytes(StandardCharsets.UTF_8), "go.mod"))
        .withMessage("go.mod:1: unknown directive \"use\"");
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> GoWork.parse(new byte[GoMod.MAX_MAIN_BYTES + 1], "go.work"))
        .withMessageContaining("at most 1048576 are allowed");
  }

  private static GoWork parse(String text) throws GoModException {
    return GoWork.parse(text.getBytes(StandardCharsets.UTF_8), "go.work");
  }
}
