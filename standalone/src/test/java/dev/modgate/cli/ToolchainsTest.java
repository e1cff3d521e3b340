package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.toolchain.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ToolchainsTest {
  private static final String MODULE = "golang.org/toolchain@v0.0.1-";

  @TempDir Path folder;
  private final Toolchains toolchains = new Toolchains();

  @Test
  void aNameIsAModuleVersionForEachPlatform() {
    toolchains.named = List.of("linux/amd64", "darwin/arm64", "linux/amd64");

    List<Project> projects = projects("go1.25.4", MODULE + "go1.25.4.linux-amd64", "go1.26rc1");

    assertThat(projects).hasSize(1);
    assertThat(projects.getFirst().modules())
        .map(ModuleVersion::toString)
        .containsExactly(
            MODULE + "go1.25.4.linux-amd64",
            MODULE + "go1.25.4.darwin-arm64",
            MODULE + "go1.26rc1.linux-amd64",
            MODULE + "go1.26rc1.darwin-arm64");
    assertThat(toolchains.notes(List.of("go1.25.4"), projects)).isEmpty();
  }

  @Test
  void withoutAPlatformItIsTheOneOfThisMachineWhichIsSaid() {
    Platform here = Platform.ofJava(System.getProperty("os.name"), System.getProperty("os.arch"));

    List<Project> projects = projects("go1.25.4");

    assertThat(projects.getFirst().label())
        .isEqualTo(MODULE + "go1.25.4." + here.os() + "-" + here.arch());
    assertThat(toolchains.notes(List.of("go1.25.4"), projects))
        .containsExactly(
            "toolchains are brought for "
                + here
                + ", the platform of this machine; --platform names others");
  }

  @Test
  void aProjectThatIsCalledLikeAToolchainIsAProject() throws IOException {
    Path sdk = Files.createDirectories(folder.resolve("go1.25.4"));
    Files.writeString(sdk.resolve("go.mod"), "module example.com/m\n");

    assertThat(projects(sdk.toString()).getFirst().goMod()).isEqualTo(sdk.resolve("go.mod"));
    assertThat(Toolchains.isName("go1.25.4")).isTrue();
    assertThat(Toolchains.isName(sdk.toString())).isFalse();
  }

  @Test
  void aGoModIsLookedIntoOnlyWhenAsked() throws IOException {
    Path project = project("go 1.24.0\n\ntoolchain go1.25.4\n");
    toolchains.named = List.of("linux/arm64");
    assertThat(projects(project.toString()).getFirst().modules()).isEmpty();
    toolchains.ofGoMod = true;

    Project asked = projects(project.toString()).getFirst();

    assertThat(asked.modules()).hasToString("[" + MODULE + "go1.25.4.linux-arm64]");
    assertThat(asked.request(false).path("modules").path(0).asString(""))
        .isEqualTo(MODULE + "go1.25.4.linux-arm64");
    assertThat(asked.request(false).path("files").size()).isEqualTo(1);
  }

  @Test
  void aGoModThatAsksForNoneIsSaid() throws IOException {
    Path project = project("go 1.20\n");
    toolchains.ofGoMod = true;

    assertThat(toolchains.notes(List.of("p"), projects(project.toString())))
        .containsExactly("project asks for no toolchain that go would fetch");
  }

  @Test
  void whatCantBeAToolchainIsUsage() throws IOException {
    usage("\"go1.25\" is a version of the language", () -> projects("go1.25"));
    usage("\"go1.25.4-corp\" is no toolchain", () -> projects("go1.25.4-corp"));
    toolchains.ofGoMod = true;
    Path project = project("go 1.25\n\ntoolchain go1.25.4-corp\n");
    usage(
        "go.mod\": \"go1.25.4-corp\" is no toolchain of the Go project",
        () -> projects(project.toString()));
    toolchains.named = List.of("linux/x86_64");
    usage("\"linux/x86_64\" has GOARCH \"x86_64\"", () -> projects("go1.25.4"));
  }

  @Test
  void anOptionThatIsAboutNothingIsUsage() {
    List<Project> modules = projects("example.com/m@v1.0.0");
    List<String> what = List.of("example.com/m@v1.0.0");
    toolchains.named = List.of("linux/amd64");
    usage("--platform is about toolchains", () -> toolchains.notes(what, modules));
    toolchains.ofGoMod = true;
    usage("--toolchain looks into a go.mod", () -> toolchains.notes(what, modules));
  }

  @Test
  void theLinesThatWorkInsideAskTheDatabaseInside() {
    toolchains.named = List.of("linux/amd64", "darwin/arm64");
    Project project = projects("go1.25.4", "example.com/m@v1.0.0").getFirst();

    assertThat(new Inside("http://g", "").lines(project))
        .containsExactly(
            "GOPROXY=http://g go get example.com/m@v1.0.0",
            "GOTOOLCHAIN=go1.25.4 GOPROXY=http://g go version  # on linux/amd64, darwin/arm64");
    assertThat(new Inside("http://g", "off").lines(projects("example.com/m@v1.0.0").getFirst()))
        .containsExactly("GOPROXY=http://g GOSUMDB=off go get example.com/m@v1.0.0");
    assertThat(new Inside("http://g", "d+1+A=").lines(projects("example.com/m@v1.0.0").getFirst()))
        .containsExactly("GOPROXY=http://g GOSUMDB='d+1+A=' go get example.com/m@v1.0.0");
  }

  private Path project(String lines) throws IOException {
    Path project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(project.resolve("go.mod"), "module example.com/m\n\n" + lines);
    return project;
  }

  private List<Project> projects(String... what) {
    return Project.of(List.of(what), toolchains);
  }

  private static void usage(String sentence, Runnable run) {
    assertThatExceptionOfType(CliException.class)
        .isThrownBy(run::run)
        .withMessageContaining(sentence)
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
