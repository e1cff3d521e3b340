package dev.modgate.gomod.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.module.ModuleVersion;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ToolchainTest {
  private static final Platform LINUX = Platform.parse("linux/amd64");

  @ParameterizedTest
  @ValueSource(
      strings = {"go1", "go1.4", "go1.20", "go1.20.14", "go1.21rc3", "go1.25.4", "go1.26beta1"})
  void aReleaseIsAModuleVersionAndBack(String name) {
    var toolchain = new Toolchain(new ToolchainName(name), LINUX);

    ModuleVersion module = toolchain.module();

    assertThat(module).hasToString("golang.org/toolchain@v0.0.1-" + name + ".linux-amd64");
    assertThat(module.version().isPseudo()).isFalse();
    assertThat(Toolchain.of(module)).contains(toolchain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.25.4",
        "go",
        "go2.0.0",
        "go1.",
        "go1.025.4",
        "go1.25.04",
        "go1.25.4.1",
        "go1.25.4rc1",
        "go1.25rc",
        "go1.25RC1",
        "go1.25.4-corp",
        "go1.25.4 ",
        "go1.25.4/../x",
        "go1.25.99999999999999999999999999999999999999999999999"
      })
  void whatIsNoReleaseIsNamed(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ToolchainName(name))
        .withMessage(
            "\"" + name + "\" is no toolchain of the Go project, want one such as go1.25.4");
  }

  @Test
  void aVersionOfTheLanguageIsRefusedWithItsFirstRelease() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ToolchainName("go1.25"))
        .withMessage(
            "\"go1.25\" is a version of the language and no toolchain; the first that has it is"
                + " go1.25.0");
  }

  @Test
  void releasesAreInTheOrderOfGo() {
    List<ToolchainName> order =
        Stream.of(
                "go1",
                "go1.4",
                "go1.20rc1",
                "go1.20",
                "go1.20.1",
                "go1.21beta1",
                "go1.21rc2",
                "go1.21rc10",
                "go1.21.0",
                "go1.21.9",
                "go1.21.10",
                "go1.100.0")
            .map(ToolchainName::new)
            .toList();
    var shuffled = new java.util.ArrayList<>(order);

    Collections.reverse(shuffled);
    Collections.sort(shuffled);

    assertThat(shuffled).isEqualTo(order);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          go 1.25.4                      | go1.25.4
          go 1.25                        | go1.25.0
          go 1.26rc1                     | go1.26rc1
          go 1.25.0;toolchain go1.25.4   | go1.25.4
          go 1.25;toolchain go1.25.4     | go1.25.4
          go 1.26.1;toolchain go1.25.4   | go1.26.1
          go 1.25.4;toolchain default    |
          go 1.20                        |
          go 1.20;toolchain go1.20.3     |
          go 1.20;toolchain go1.22.1     | go1.22.1
          toolchain go1.22.1             | go1.22.1
                                         |
          """)
  void aGoModAsksForTheNewerOfItsTwoLines(String lines, String name) throws Exception {
    GoMod goMod = goMod(lines == null ? "" : lines.replace(';', '\n'));

    assertThat(ToolchainName.neededBy(goMod).map(ToolchainName::toString).orElse(null))
        .isEqualTo(name);
  }

  @Test
  void aGoModThatAsksForSomebodysOwnBuildIsNamed() throws Exception {
    GoMod goMod = goMod("go 1.25\ntoolchain go1.25.4-corp");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ToolchainName.neededBy(goMod))
        .withMessageContaining("\"go1.25.4-corp\" is no toolchain of the Go project");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "golang.org/toolchain@v0.0.1-go1.25.4-corp.linux-amd64",
        "golang.org/toolchain@v0.0.1-go1.25.linux-amd64",
        "golang.org/toolchain@v0.0.1",
        "golang.org/toolchain@v0.0.2-go1.25.4.linux-amd64",
        "example.com/toolchain@v0.0.1-go1.25.4.linux-amd64"
      })
  void otherModuleVersionsAreNoToolchain(String module) {
    assertThat(Toolchain.of(ModuleVersion.parse(module))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          linux            | "linux" is not of the form GOOS/GOARCH
          linux-amd64      | "linux-amd64" is not of the form GOOS/GOARCH
          linux/           | "linux/" has GOARCH ""
          /amd64           | "/amd64" has GOOS ""
          linux/x86_64     | "linux/x86_64" has GOARCH "x86_64"
          macos/arm64      | "macos/arm64" has GOOS "macos"
          linux/amd64/x    | "linux/amd64/x" has GOARCH "amd64/x"
          Linux/amd64      | "Linux/amd64" has GOOS "Linux"
          """)
  void whatIsNoPlatformIsNamed(String text, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Platform.parse(text))
        .withMessageStartingWith("platform " + why)
        .withMessageEndingWith("linux/amd64");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux/amd64",
    "Linux, aarch64, linux/arm64",
    "Linux, i386, linux/386",
    "Linux, loongarch64, linux/loong64",
    "Mac OS X, aarch64, darwin/arm64",
    "Mac OS X, x86_64, darwin/amd64",
    "Windows 11, amd64, windows/amd64",
    "FreeBSD, amd64, freebsd/amd64",
    "SunOS, amd64, solaris/amd64",
    "AIX, ppc64, aix/ppc64"
  })
  void aMachineIsNamedAsGoNamesIt(String osName, String osArch, String platform) {
    assertThat(Platform.ofJava(osName, osArch)).hasToString(platform);
  }

  private static GoMod goMod(String lines) throws Exception {
    String text = "module example.com/m\n\n" + lines + "\n";
    return GoMod.parse(text.getBytes(StandardCharsets.UTF_8), "go.mod");
  }
}
