package dev.modgate.gomod.modfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoModTest {
  private static final String ALL =
      """
      // Deprecated: use example.com/m/v2.
      module example.com/m

      go 1.26.0
      toolchain go1.26.1
      godebug panicnil=1
      require example.com/a v1.2.3
      require (
      \t"example.com/B" v0.0.0-20200101000000-abcdefabcdef // indirect
      \texample.com/c v2.0.0+incompatible // indirect; wanted by b
      \texample.com/d master // indirectly
      )
      exclude example.com/a v1.2.2
      replace example.com/a => ../a
      replace example.com/c v2.0.0+incompatible => example.com/e v1.0.0
      retract v1.0.1 // lost data
      // never meant
      retract [v1.1.0, v1.1.9]
      tool example.com/a/cmd/x
      ignore ./web
      """;

  @Test
  void readsTheDirectivesThatStandOnce() throws Exception {
    GoMod mod = parse(ALL);

    assertThat(mod.module()).contains("example.com/m");
    assertThat(mod.deprecated()).contains("use example.com/m/v2.");
    assertThat(mod.go()).contains("1.26.0");
    assertThat(mod.toolchain()).contains("go1.26.1");
    assertThat(mod.tools()).containsExactly("example.com/a/cmd/x");
    assertThat(mod.ignores()).containsExactly("./web");
    assertThat(mod.godebugs()).containsExactly(new Godebug("panicnil", "1", 6));
  }

  @Test
  void readsWhatIsRequired() throws Exception {
    GoMod mod = parse(ALL);

    assertThat(mod.requires())
        .containsExactly(
            new Require("example.com/a", "v1.2.3", false, 7),
            new Require("example.com/B", "v0.0.0-20200101000000-abcdefabcdef", true, 9),
            new Require("example.com/c", "v2.0.0+incompatible", true, 10),
            new Require("example.com/d", "master", false, 11));
    assertThat(mod.requires().getFirst().moduleVersion().orElseThrow())
        .hasToString("example.com/a@v1.2.3");
    assertThat(mod.requires().getLast().moduleVersion()).isEmpty();
  }

  @Test
  void readsWhatChangesTheRequirements() throws Exception {
    GoMod mod = parse(ALL);

    assertThat(mod.excludes()).containsExactly(new Exclude("example.com/a", "v1.2.2", 13));
    assertThat(mod.replaces())
        .containsExactly(
            new Replace("example.com/a", Optional.empty(), "../a", Optional.empty(), 14),
            new Replace(
                "example.com/c",
                Optional.of("v2.0.0+incompatible"),
                "example.com/e",
                Optional.of("v1.0.0"),
                15));
    assertThat(mod.retracts())
        .containsExactly(
            new Retract("v1.0.1", "v1.0.1", "lost data", 16),
            new Retract("v1.1.0", "v1.1.9", "never meant", 18));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "// only a comment",
        "module example.com/m\r\n\r\ngo 1.26\r\n",
        "module \"example.com/m\"",
        "module `example.com/m`",
        "module \"example.com/\\u006d\"",
        "module (\n\texample.com/m\n)",
        "require ()",
        "require (\n)",
        "toolchain default",
        "replace example.com/a => C:\\a",
        "retract (\n\tv1.0.0\n\t[v1.1.0, v1.2.0]\n)"
      })
  void takesEveryWayToWriteIt(String text) throws Exception {
    assertThat(parse(text).module().orElse("example.com/m")).isEqualTo("example.com/m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          module a.b/m\\nmodule a.b/n | 2 | second module directive; the first says "a.b/m"
          go 1.26\\ngo 1.27 | 2 | second go directive; the first says "1.26"
          module | 1 | module should read "module module/path"
          module a.b/m a.b/n | 1 | module should read "module module/path"
          go one | 1 | go version "one" is not of the form 1.23.0
          go v1.26 | 1 | go version "v1.26" is not of the form 1.23.0
          go (\\n1.26\\n) | 2 | directive "go" cannot stand in a block
          toolchain gcc | 1 | toolchain "gcc" is not of the form go1.23.0 or default
          require a.b/m | 1 | require should read "require module/path v1.2.3"
          require a.b/m v1.0.0 v1.1.0 | 1 | require should read "require module/path v1.2.3"
          require a.b/m "" | 1 | version is empty
          exclude a.b/m | 1 | exclude should read "exclude module/path v1.2.3"
          replace a.b/m a.b/n v1.0.0 | 1 | replace should read "replace module/path [v1.2.3] => other/module v1.4.0, or => ../folder"
          replace a.b/m => | 1 | replace should read "replace module/path [v1.2.3] => other/module v1.4.0, or => ../folder"
          replace => | 1 | replace should read "replace module/path [v1.2.3] => other/module v1.4.0, or => ../folder"
          replace | 1 | replace should read "replace module/path [v1.2.3] => other/module v1.4.0, or => ../folder"
          replace a.b/m => a.b/n | 1 | replacement "a.b/n" has no version, so it must be a folder: / or . or .. at its beginning
          replace a.b/m => ../n v1.0.0 | 1 | replacement folder "../n" cannot have a version
          retract [v1.0.0] | 1 | retract should read "retract v1.2.3 or [v1.2.0, v1.2.3]"
          retract | 1 | retract should read "retract v1.2.3 or [v1.2.0, v1.2.3]"
          godebug panicnil | 1 | godebug should read "godebug key=value"
          tool | 1 | tool should read "tool package/path"
          ignore a b | 1 | ignore should read "ignore ./folder"
          demand a.b/m v1.0.0 | 1 | unknown directive "demand"
          require a'b v1.0.0 | 1 | string "a'b" has a quote but does not begin with one
          module "a.b/m | 1 | string "\\"a.b/m" does not end on its line
          module "a\\qb" | 1 | string "\\"a\\\\qb\\"" has the unknown escape "\\\\q"
          module "\\xff" | 1 | string "\\"\\\\xff\\"" has a broken escape
          module a.b/m /* here */ | 1 | comments begin with "//", not with "/*"
          require (\\na.b/m v1.0.0 | 1 | block "require" is not closed by ")"
          require (\\n) a.b/m v1.0.0 | 2 | nothing may follow ")" on its line
          """)
  void namesTheLineAndWhatIsWrongWithIt(String text, int line, String sentence) {
    String lines = text.replace("\\n", "\n");

    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> parse(lines))
        .withMessage("go.mod:" + line + ": " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          directive-with-escape-sequence | 1 | character "\\u001b" is not allowed
          second-module-with-escape-sequence | 2 | second module directive; the first says "a.b/\\u001b[2Jm"
          string-without-end-with-escape-sequence | 1 | string "\\"a.b/\\u001b[2Jm" does not end on its line
          escape-with-escape-sequence | 1 | string "\\"a.b/\\\\\\u001b[2Jm\\"" has the unknown escape "\\\\\\u001b"
          broken-escape-with-escape-sequence | 1 | string "\\"a.b/\\u001b[2J\\\\xzz\\"" has a broken escape
          go-with-escape-sequence | 2 | go version "\\"\\u001b[2J\\"" is not of the form 1.23.0
          """)
  void quotesWhatATerminalWouldObey(String fault, int line, String sentence) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoModTest.class.getResourceAsStream("/modfile/" + fault + ".txt"))) {
      byte[] content = in.readAllBytes();

      assertThatExceptionOfType(GoModException.class)
          .isThrownBy(() -> GoMod.parse(content, "go.mod"))
          .withMessage("go.mod:" + line + ": " + sentence);
    }
  }

  @Test
  void namesEveryWrongLineAtOnce() {
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> parse("go one\nmodule a.b/m\nfoo\n"))
        .satisfies(e -> assertThat(e.problems()).hasSize(2))
        .withMessageContaining("go.mod:1: ")
        .withMessageContaining("go.mod:3: ");
  }

  @Test
  void stopsAfterTwentyWrongLines() {
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> parse("foo\n".repeat(1000)))
        .satisfies(e -> assertThat(e.problems()).hasSize(20));
  }

  @Test
  void refusesWhatIsNotText() {
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> GoMod.parse(new byte[] {'g', 'o', (byte) 0xff}, "go.mod"))
        .withMessage("go.mod: file is not UTF-8");
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> parse("module a.b/m\0"))
        .withMessage("go.mod:1: character \"\\u0000\" is not allowed");
  }

  @Test
  void readsAtMostAMebibyteOfAMainModuleAnd16OfADependency() throws Exception {
    byte[] mostOfMain = blank(GoMod.MAX_MAIN_BYTES);
    byte[] most = blank(GoMod.MAX_BYTES);
    byte[] more = blank(GoMod.MAX_BYTES + 1);

    assertThat(GoMod.parse(mostOfMain, "go.mod").module()).isEmpty();
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> GoMod.parse(most, "go.mod"))
        .withMessage("go.mod: file has 16777216 bytes, at most 1048576 are allowed");
    assertThat(GoMod.parseLax(most, "go.mod").module()).isEmpty();
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> GoMod.declaredPath(more, "go.mod"))
        .withMessage("go.mod: file has 16777217 bytes, at most 16777216 are allowed");
  }

  private static byte[] blank(int length) {
    return " ".repeat(length).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void keepsAtMostAHundredThousandDirectives() throws Exception {
    String many = "require (\n" + "a.b/c v1.0.0\n".repeat(100_000);

    assertThat(lax(many + ")").requires()).hasSize(100_000);
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> lax(many + "a.b/c v1.0.0\n)"))
        .withMessage("go.mod:100002: file has more than 100000 directives, the most that are read");
  }

  @Test
  void refusesAWordThatIsTooLongWhereItCounts() throws Exception {
    String word = "a".repeat(4097);

    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> lax("go 1.26\nrequire " + word + " v1.0.0\nmodule\n"))
        .withMessageStartingWith("go.mod:2: \"aaa")
        .withMessageContaining("is the beginning of a word of 4097 bytes, at most 4096 are allowed")
        .withMessageContaining("go.mod:3: module should read");
    assertThat(lax(word + " " + word + "\nmodule a.b/m\n").module()).contains("a.b/m");
  }

  @Test
  void readsADependencyWhoseCommentsAreNoUtf8() throws Exception {
    byte[] latin1 = "// Größe\nmodule a.b/m // süß\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(GoMod.parseLax(latin1, "go.mod").module()).contains("a.b/m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ALL,
        "module a.b/m",
        "module a.b/m\nrequire x\n",
        "go 1.26",
        "future (\nx\n)\nmodule a.b/größe // ß\n",
        "module a.b/m\nrequire (",
        "module a.b/m\nretract (\n[x]\n)"
      })
  void keepsThePathAloneOfWhatItChecks(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      assertThat(GoMod.declaredPath(bytes, "go.mod")).isEqualTo(lax(text).module());
    } catch (GoModException e) {
      assertThatExceptionOfType(GoModException.class)
          .isThrownBy(() -> lax(text))
          .withMessage(e.getMessage());
    }
  }

  @Test
  void skipsInADependencyWhatCountsOnlyInTheMainModule() throws Exception {
    GoMod mod =
        lax(
            """
            module a.b/m
            future x
            replace broken
            exclude broken
            toolchain gcc
            tool
            godebug x
            require a.b/n v1.0.0
            """);

    assertThat(mod.module()).contains("a.b/m");
    assertThat(mod.requires()).containsExactly(new Require("a.b/n", "v1.0.0", false, 8));
  }

  @ParameterizedTest
  @CsvSource({"go v1.26.x, 1.26", "go 1.26.x, 1.26", "go 1.26.3, 1.26.3", "go 1.26rc1, 1.26rc1"})
  void readsInADependencyTheGoVersionsOfOldFiles(String text, String version) throws Exception {
    assertThat(lax(text).go()).contains(version);
  }

  @Test
  void namesInADependencyABrokenRequirement() {
    assertThatExceptionOfType(GoModException.class)
        .isThrownBy(() -> lax("require a.b/m\n"))
        .withMessage("go.mod:1: require should read \"require module/path v1.2.3\"");
  }

  private static GoMod parse(String text) throws GoModException {
    return GoMod.parse(text.getBytes(StandardCharsets.UTF_8), "go.mod");
  }

  private static GoMod lax(String text) throws GoModException {
    return GoMod.parseLax(text.getBytes(StandardCharsets.UTF_8), "go.mod");
  }
}
