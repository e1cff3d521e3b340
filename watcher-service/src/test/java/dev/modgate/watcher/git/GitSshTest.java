package dev.modgate.watcher.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.testsupport.GitRepository;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.want.CommitFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ssh: whom it trusts, and who it is.
final class GitSshTest {
  @TempDir Path folder;

  private GitRepository repository;
  private String first = "";
  private SshGitServer server;
  private Path key;
  private Path known;

  @BeforeEach
  void serve() throws Exception {
    repository = GitRepository.create(folder, "api");
    first = repository.write("go.mod", "module x\n").push();
    KeyPair client = SshGitServer.newKey();
    server = SshGitServer.start(folder, client, SshGitServer.newKey());
    key = SshGitServer.write(client, folder.resolve("key"));
    known = folder.resolve("known_hosts");
    Files.writeString(known, server.knownHost(server.hostKey()) + "\n");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private CommitFiles read(Declared declared) throws Exception {
    return read(declared, Optional.empty());
  }

  private CommitFiles read(Declared declared, Optional<String> commit) throws Exception {
    return Readers.reader(folder.resolve("read"))
        .read(declared.source(), declared.repository(), new Tip("refs/heads/main", commit));
  }

  private Declared declared() {
    return Declared.at(server.url("api")).over(key, Optional.of(known));
  }

  private String fingerprint() {
    return KeyUtils.getFingerPrint(server.hostKey().getPublic());
  }

  @Test
  void readsFromAKnownHostWithTheRightKey() throws Exception {
    assertThat(read(declared()).files()).containsOnlyKeys("go.mod");
  }

  @Test
  void readsWithEd25519OnBothSides() throws Exception {
    server.close();
    KeyPair client = SshGitServer.newKey("ssh-ed25519");
    server = SshGitServer.start(folder, client, SshGitServer.newKey("ssh-ed25519"));
    SshGitServer.write(client, key);
    Files.writeString(known, server.knownHost(server.hostKey()) + "\n");

    assertThat(read(declared()).files()).containsOnlyKeys("go.mod");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsWhatTheRefNamesFromAServerThatGivesOutNothingById(boolean parts) throws Exception {
    repository.serving("uploadpack.allowFilter", String.valueOf(parts));
    String second = repository.write("go.sum", "").push();

    CommitFiles files = read(declared(), Optional.of(first));

    assertThat(files.commit()).isEqualTo(second);
    assertThat(files.files()).containsOnlyKeys("go.mod", "go.sum");
  }

  @Test
  void readsAnEarlierCommitFromAnOldServerThatGivesItOutById() throws Exception {
    repository.serving("uploadpack.allowReachableSHA1InWant", "true");
    repository.write("go.sum", "").push();

    CommitFiles files = read(declared(), Optional.of(first));

    assertThat(files.commit()).isEqualTo(first);
    assertThat(files.files()).containsOnlyKeys("go.mod");
  }

  @Test
  void refusesAHostWithAnotherKeyThanTheKnownOne() throws Exception {
    String other = server.knownHost(SshGitServer.newKey()) + "\n";
    Files.writeString(known, other);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(declared()))
        .withMessage(
            "repository \""
                + server.url("api")
                + "\" is not trusted: its host key "
                + fingerprint()
                + " is not the one in \""
                + known
                + "\"");
    assertThat(known).hasContent(other);
  }

  @Test
  void refusesAHostThatIsNotInTheFileAndLearnsNothing() throws Exception {
    Files.writeString(known, "");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(declared()))
        .withMessageContaining("is not trusted: its host key " + fingerprint());
    assertThat(known).isEmptyFile();
  }

  @Test
  void trustsNoHostWithoutAFile() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(Declared.at(server.url("api")).over(key, Optional.empty())))
        .withMessage(
            "repository \""
                + server.url("api")
                + "\" is not trusted: its host key "
                + fingerprint()
                + " is not known: the source has no known-hosts file");
  }

  @Test
  void saysThatTheHostDoesNotTakeTheKey() throws Exception {
    SshGitServer.write(SshGitServer.newKey(), key);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(declared()))
        .withMessageContaining("repository \"" + server.url("api") + "\" can't be read: ");
  }
}
