package dev.modgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
  @TempDir Path folder;

  @Test
  void aGoModThatRequiresNothingNeedsNoGoSum() throws Exception {
    Files.writeString(folder.resolve("go.mod"), "module example.com/m\n\ngo 1.21\n");

    for (Path named : List.of(folder, folder.resolve("go.mod"))) {
      Project project = Project.of(List.of(named.toString()), new Toolchains()).getFirst();

      assertThat(project.goSum()).isNull();
      assertThat(project.request().path("goMod").path("text").asString(""))
          .contains("example.com/m");
      assertThat(project.request().path("goSum").isMissingNode()).isTrue();
    }
  }

  @Test
  void aGoModThatRequiresSomethingNeedsItsGoSum() throws Exception {
    Files.writeString(
        folder.resolve("go.mod"), "module example.com/m\nrequire example.com/a v1.0.0\n");

    for (Path named : List.of(folder, folder.resolve("go.mod"))) {
      assertThatThrownBy(() -> Project.of(List.of(named.toString()), new Toolchains()))
          .hasMessage("\"" + folder + "\" has a go.mod but no go.sum beside it; run: go mod tidy");
    }
  }

  @Test
  void aGoModThatCantBeReadIsNamedWithItsLine() throws Exception {
    Files.writeString(folder.resolve("go.mod"), "modul example.com/m\n");

    assertThatThrownBy(() -> Project.of(List.of(folder.toString()), new Toolchains()))
        .hasMessageContaining("go.mod:1");
  }
}
