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
      assertThat(project.request(false).path("files").path(0).path("text").asString(""))
          .contains("example.com/m");
      assertThat(project.request(false).path("goSum").isMissingNode()).isTrue();
    }
  }

  @Test
  void ofAProjectWithoutAGoSumTheFilesOfItsModuleGraphAreSent() throws Exception {
    write("go.mod", "module example.com/m\nrequire example.com/a v1.0.0\nreplace b => ./b\n");
    write("b/go.mod", "module b\n");

    assertThat(sent(folder, false)).containsExactly("go.mod", "b/go.mod");
    assertThat(sent(folder.resolve("go.mod"), false)).containsExactly("go.mod", "b/go.mod");
  }

  @Test
  void ofAWorkspaceAllItsModulesAreSent() throws Exception {
    write("go.work", "go 1.24\nuse ./a\nuse ./c\nuse ../outside\n");
    write("go.work.sum", "");
    write("a/go.mod", "module a\nreplace b => ../b\n");
    write("a/go.sum", "");
    write("b/go.mod", "module b\n");
    write("c/go.mod", "module c\n");

    assertThat(sent(folder, false))
        .containsExactly("go.work", "go.work.sum", "a/go.mod", "a/go.sum", "b/go.mod", "c/go.mod");
  }

  @Test
  void whatIsVendoredAloneIsSent() throws Exception {
    write("vendor/modules.txt", "# example.com/a v1.0.0\n");

    assertThat(sent(folder, false)).containsExactly("vendor/modules.txt");
  }

  @Test
  void theGoSumGoesWithAClosureToo() throws Exception {
    write("go.mod", "module example.com/m\n");
    write("go.sum", "");

    assertThat(sent(folder, true)).containsExactly("go.mod", "go.sum");
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> sent(Path what, boolean closure) {
    Project project = Project.of(List.of(what.toString()), new Toolchains()).getFirst();
    return project
        .request(closure)
        .path("files")
        .valueStream()
        .map(file -> file.path("name").asString(""))
        .toList();
  }

  @Test
  void aGoModThatCantBeReadIsNamedWithItsLine() throws Exception {
    Files.writeString(folder.resolve("go.mod"), "modul example.com/m\n");

    assertThatThrownBy(() -> Project.of(List.of(folder.toString()), new Toolchains()))
        .hasMessageContaining("go.mod:1");
  }
}
