package dev.modgate.watcher.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.testsupport.GitDaemon;
import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import dev.modgate.watcher.run.CommitReader.GoneException;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.want.CommitFiles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a reader owes, whatever the repository is served by.
@ParameterizedClass(name = "{0}")
@EnumSource(GitReaderTest.Served.class)
final class GitReaderTest {
  private static final Optional<String> NEWEST = Optional.empty();

  enum Served {
    FILE,
    DAEMON,
    HTTP,
    /// HTTP, where the server gives out parts of a commit.
    HTTP_IN_PARTS
  }

  @Parameter Served served = Served.FILE;
  @TempDir Path folder;

  private GitRepository repository;
  private GitServer server;
  private GitDaemon daemon;
  private Declared declared;

  @BeforeEach
  void serve() throws Exception {
    repository = GitRepository.create(folder, "api");
    repository.serving("uploadpack.allowFilter", String.valueOf(served == Served.HTTP_IN_PARTS));
    server = GitServer.start(folder);
    daemon = GitDaemon.start(folder);
    URI url =
        switch (served) {
          case FILE -> repository.bare().toUri();
          case DAEMON -> daemon.url("api");
          case HTTP, HTTP_IN_PARTS -> server.url("api");
        };
    declared = Declared.at(url);
  }

  @AfterEach
  void close() {
    server.close();
    daemon.close();
  }

  private CommitFiles read(Optional<String> commit) throws Exception {
    return read(declared, new Tip("refs/heads/main", commit));
  }

  private CommitFiles read(Declared source, Tip tip) throws Exception {
    CommitFiles files =
        Readers.reader(folder.resolve("read")).read(source.source(), source.repository(), tip);
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left).noneMatch(it -> it.getFileName().toString().startsWith("read-"));
    }
    return files;
  }

  @Test
  void readsWhatACommitNeedsAndNothingElse() throws Exception {
    String commit =
        repository
            .write("go.mod", "module example.com/api\n")
            .write("go.sum", "")
            .write("go.work", "go 1.25\n")
            .write("go.work.sum", "")
            .write("main.go", "package main\n")
            .write("cmd/tool/go.mod", "module example.com/api/cmd/tool\n")
            .write("vendor/modules.txt", "# example.com/m v1.0.0\n")
            .write("vendor/example.com/m/go.mod", "module example.com/m\n")
            .push();

    CommitFiles files = read(Optional.of(commit));

    assertThat(files.commit()).isEqualTo(commit);
    assertThat(files.ref()).isEqualTo("refs/heads/main");
    assertThat(files.files())
        .containsOnlyKeys(
            "cmd/tool/go.mod", "go.mod", "go.sum", "go.work", "go.work.sum", "vendor/modules.txt");
    assertThat(files.files().get("go.mod"))
        .isEqualTo("module example.com/api\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void passesOverFoldersThatTheGoCommandPassesOver() throws Exception {
    repository
        .write("a/testdata/go.mod", "module x\n")
        .write("_examples/go.mod", "module x\n")
        .write(".github/go.mod", "module x\n")
        .write("GO.MOD", "module x\n")
        .write("go.mod.orig", "module x\n")
        .write("b/go.mod", "module b\n")
        .push();

    assertThat(read(NEWEST).files()).containsOnlyKeys("b/go.mod");
  }

  @Test
  void looksInDeclaredFoldersAloneAlsoWhereTheyWouldBePassedOver() throws Exception {
    repository
        .write("go.mod", "module x\n")
        .write("services/pay/go.mod", "module x\n")
        .write("services/pay/v2/go.mod", "module x\n")
        .write("services/payments/go.mod", "module x\n")
        .write("_tools/lint/go.mod", "module x\n")
        .push();

    var files =
        read(declared.in("services/pay", "_tools/lint"), new Tip("refs/heads/main", NEWEST));

    assertThat(files.files())
        .containsOnlyKeys("_tools/lint/go.mod", "services/pay/go.mod", "services/pay/v2/go.mod");
  }

  @Test
  void readsARepositoryOfFiftyModules() throws Exception {
    IntStream.range(0, 50).forEach(i -> repository.write("m" + i + "/go.mod", "module m" + i));
    repository.push();

    assertThat(read(NEWEST).files()).hasSize(50);
  }

  @Test
  void readsACommitWithoutAnyModule() throws Exception {
    repository.write("README", "nothing here").push();

    assertThat(read(NEWEST).files()).isEmpty();
  }

  @Test
  void readsTheCommitOfATagThatIsAnObjectOfItsOwn() throws Exception {
    String commit = repository.write("go.mod", "module x\n").push();
    repository.git("tag", "-a", "-m", "release", "v1.0.0");
    repository.git("push", "-q", "origin", "v1.0.0");
    String tag = repository.git("rev-parse", "v1.0.0");

    for (Optional<String> named :
        Stream.of(NEWEST, Optional.of(commit), Optional.of(tag)).toList()) {
      CommitFiles files = read(declared, new Tip("refs/tags/v1.0.0", named));

      assertThat(files.commit()).isEqualTo(commit);
      assertThat(files.files()).containsOnlyKeys("go.mod");
    }
  }

  @Test
  void readsAnEarlierCommitOfABranch() throws Exception {
    String first = repository.write("go.mod", "module first\n").push();
    repository.write("go.mod", "module second\n").push();

    CommitFiles files = read(Optional.of(first));

    assertThat(files.commit()).isEqualTo(first);
    assertThat(files.files().get("go.mod"))
        .isEqualTo("module first\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatTheRefNamesWhereTheCommitIsGone() throws Exception {
    String now = repository.write("go.mod", "module x\n").push();

    CommitFiles files = read(Optional.of("1234567890123456789012345678901234567890"));

    assertThat(files.commit()).isEqualTo(now);
  }

  @Test
  void saysThatABranchIsGone() {
    String commit = repository.write("go.mod", "module x\n").push("other");

    assertThatExceptionOfType(GoneException.class)
        .isThrownBy(() -> read(Optional.of(commit)))
        .withMessage(
            "repository \"" + declared.repository().url() + "\" has no \"refs/heads/main\"");
  }

  @Test
  void listsBranchesAndTagsByWhatTheyName() throws Exception {
    String first = repository.write("go.mod", "module x\n").push();
    repository.git("tag", "-a", "-m", "release", "v1.0.0");
    repository.git("push", "-q", "origin", "v1.0.0", "HEAD:refs/notes/x");
    String second = repository.write("go.sum", "").push("next");

    var refs =
        Readers.reader(folder.resolve("read")).list(declared.source(), declared.repository());

    assertThat(refs)
        .hasSize(3)
        .containsEntry("refs/heads/main", first)
        .containsEntry("refs/heads/next", second)
        .containsEntry("refs/tags/v1.0.0", first);
  }

  @Test
  void listsNothingOfAnEmptyRepository() throws Exception {
    var refs =
        Readers.reader(folder.resolve("read")).list(declared.source(), declared.repository());

    assertThat(refs).isEmpty();
  }
}
