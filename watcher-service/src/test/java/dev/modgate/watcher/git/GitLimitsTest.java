package dev.modgate.watcher.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import dev.modgate.watcher.git.wire.GitSettings;
import dev.modgate.watcher.run.CommitReader.RefusedException;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.want.CommitFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/// Repositories that would harm, over HTTP, with and without parts of commits.
final class GitLimitsTest {
  @TempDir Path folder;

  private GitRepository repository;
  private GitServer server;
  private Declared declared;

  @BeforeEach
  void serve() throws Exception {
    repository = GitRepository.create(folder, "api").serving("uploadpack.allowFilter", "true");
    server = GitServer.start(folder);
    declared = Declared.at(server.url("api"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private CommitFiles read() throws Exception {
    return read(Readers.settings(folder.resolve("read")));
  }

  private CommitFiles read(GitSettings settings) throws Exception {
    return Readers.reader(settings)
        .read(
            declared.source(), declared.repository(), new Tip("refs/heads/main", Optional.empty()));
  }

  private void assertRefused(String fault) {
    assertRefused(Readers.settings(folder.resolve("read")), fault);
  }

  private void assertRefused(GitSettings settings, String fault) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> read(settings))
        .withMessage("repository \"" + server.url("api") + "\": " + fault);
  }

  private static String noise(long seed, int characters) {
    var bytes = new byte[characters];
    new Random(seed).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes).substring(0, characters);
  }

  @Test
  void aLargeFileThatIsNotWantedCostsNothingWhereTheHostGivesOutParts() throws Exception {
    repository.write("asset.bin", noise(1, 6 << 20)).write("go.mod", "module x\n").push();

    assertThat(read().files()).containsOnlyKeys("go.mod");
  }

  @Test
  void aLargeFileOfAHostWithoutPartsIsRefused() {
    repository.serving("uploadpack.allowFilter", "false");
    repository.write("asset.bin", noise(1, 3 << 20)).write("go.mod", "module x\n").push();

    assertRefused(
        "an object of the commit is larger than 1048576 bytes, git.largest-object (with"
            + " uploadpack.allowFilter on at the host, only go.mod and the like count)");
  }

  @Test
  void moreBytesThanAllowedAreRefused() {
    repository.write("a/go.sum", noise(1, 900_000)).write("b/go.sum", noise(2, 900_000)).push();

    assertRefused(
        Readers.small(folder.resolve("read"), 100, DataSize.ofMegabytes(1)),
        "the host sends more than 1048576 bytes, the most by git.most-received");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void moreObjectsThanAllowedAreRefused(boolean parts) {
    repository.serving("uploadpack.allowFilter", String.valueOf(parts));
    IntStream.range(0, 30).forEach(i -> repository.write("m" + i + "/go.mod", "module m" + i));
    repository.push();

    assertRefused(
        Readers.small(folder.resolve("read"), 20, DataSize.ofMegabytes(1)),
        "the host sends " + (parts ? 32 : 62) + " objects, git.most-objects is 20");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aGiantGoSumIsRefused(boolean parts) {
    repository.serving("uploadpack.allowFilter", String.valueOf(parts));
    repository.write("go.sum", "x".repeat((1 << 20) + 1)).push();

    assertRefused(
        "an object of the commit is larger than 1048576 bytes, git.largest-object (with"
            + " uploadpack.allowFilter on at the host, only go.mod and the like count)");
  }

  @Test
  void aGiantGoSumInAFolderOfThisMachineIsRefused() {
    repository.write("go.sum", "x".repeat((1 << 20) + 1)).push();
    declared = Declared.at(repository.bare().toUri());

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(this::read)
        .withMessage(
            "repository \""
                + declared.repository().url()
                + "\": \"go.sum\" has 1048577 bytes, git.largest-object is 1048576");
  }

  @Test
  void filesThatAreTooMuchTogetherAreRefused() {
    IntStream.range(0, 3).forEach(i -> repository.write(i + "/go.sum", i + "x".repeat(900_000)));
    repository.push();

    assertRefused("go.mod and such have together more than 2097152 bytes, git.most-content");
  }

  @Test
  void tooManyFilesAreRefused() {
    IntStream.range(0, 61).forEach(i -> repository.write("m" + i + "/go.mod", "module m"));
    repository.push();

    assertRefused("has more than 60 go.mod and such, git.most-files");
  }

  @Test
  void aTreeThatRepeatsItselfIsRefused() {
    String file = repository.git(bytes("x"), "hash-object", "-w", "--stdin");
    String tree = repository.git(bytes("100644 blob " + file + "\tx\n"), "mktree");
    for (int level = 0; level < 6; level++) {
      tree = repository.git(bytes(tenTimes(tree)), "mktree"); // ten to the sixth files, 8 objects
    }
    pushTree(tree);

    assertRefused("has a tree of more than 500 entries, git.most-entries");
  }

  @Test
  void aTreeThatIsTooDeepIsRefused() {
    repository.write("a/".repeat(30) + "go.mod", "module x\n").push();

    assertRefused(
        "has folders in folders deeper than 10, git.deepest-folder: \"" + "a/".repeat(10) + "a\"");
  }

  @Test
  void aSubmoduleIsNotFetched() throws Exception {
    repository
        .write("go.mod", "module x\n")
        .write(".gitmodules", "[submodule \"sub\"]\n\tpath = sub\n\turl = http://127.0.0.1:1/x\n")
        .git("add", "-A");
    repository.git("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",sub");
    repository.pushIndex("main");

    assertThat(read().files()).containsOnlyKeys("go.mod");
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    repository.write("real/go.mod", "module x\n");
    Files.createSymbolicLink(repository.work().resolve("go.mod"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(repository.work().resolve("linked"), Path.of("real"));
    repository.push();

    assertThat(read().files()).containsOnlyKeys("real/go.mod");
  }

  @Test
  void aPointerOfLfsInThePlaceOfAFileIsRefusedByItsName() {
    repository
        .write(
            "go.sum",
            "version https://git-lfs.github.com/spec/v1\noid sha256:"
                + "0".repeat(64)
                + "\nsize 12345\n")
        .push();

    assertRefused("\"go.sum\" is a pointer of Git LFS: the file itself is not in the commit");
  }

  @Test
  void aTagOfAFileIsNoCommit() {
    String blob = repository.git(bytes("x"), "hash-object", "-w", "--stdin");
    repository.git("push", "-q", "origin", blob + ":refs/tags/v1.0.0");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() ->
            Readers.reader(folder.resolve("read"))
                .read(
                    declared.source(),
                    declared.repository(),
                    new Tip("refs/tags/v1.0.0", Optional.empty())))
        .withMessage("repository \"" + server.url("api") + "\": " + blob + " is no commit");
  }

  @Test
  void anEndlessListOfRefsIsCutOff() {
    server.misbehave(new GitServer.Fault.EndlessRefs());

    assertRefused("the host sends more than 1048576 bytes, the most by git.most-of-refs");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            Readers.reader(folder.resolve("read")).list(declared.source(), declared.repository()))
        .withMessage(
            "repository \""
                + server.url("api")
                + "\" can't be read: the host sends more than 1048576 bytes, the most by"
                + " git.most-of-refs");
  }

  @Test
  void aHostThatSaysNothingIsGivenUp() throws Exception {
    server.misbehave(new GitServer.Fault.Silent());
    var settings = Readers.within(folder.resolve("read"), Duration.ofSeconds(1));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(settings))
        .withMessage("repository \"" + server.url("api") + "\" is not read within 1 s, git.time");
    try (var left = Files.walk(folder.resolve("read"))) {
      assertThat(left).noneMatch(it -> it.getFileName().toString().startsWith("read-"));
    }
  }

  private void pushTree(String tree) {
    String commit = repository.git("commit-tree", "-m", "bomb", tree);
    repository.git("push", "-q", "origin", commit + ":refs/heads/main");
  }

  private static String tenTimes(String tree) {
    var lines = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      lines.append("040000 tree ").append(tree).append("\t").append(i).append('\n');
    }
    return lines.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
