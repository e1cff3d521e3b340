package dev.modgate.watcher.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.modgate.testsupport.GitRepository;
import dev.modgate.testsupport.GitServer;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.want.CommitFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Credentials, redirects and answers of hosts over HTTP.
final class GitHostTest {
  @TempDir Path folder;

  private GitRepository repository;
  private GitServer server;
  private Declared declared;

  @BeforeEach
  void serve() throws Exception {
    repository = GitRepository.create(folder, "api").serving("uploadpack.allowFilter", "true");
    repository.write("go.mod", "module x\n").push();
    server = GitServer.start(folder);
    declared = Declared.at(server.url("api"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private CommitFiles read() throws Exception {
    return Readers.reader(folder.resolve("read"))
        .read(
            declared.source(), declared.repository(), new Tip("refs/heads/main", Optional.empty()));
  }

  private void assertFails(String fault) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::read)
        .withMessage("repository \"" + server.url("api") + "\" " + fault)
        .withNoCause();
  }

  private Path secret(String text) throws IOException {
    return Files.writeString(folder.resolve("secret"), text);
  }

  @Test
  void sendsAUserAndAPassword() throws Exception {
    server.demand("reader:s3cret:with-colon");
    declared = declared.with(secret("reader:s3cret:with-colon\n"));

    assertThat(read().files()).containsOnlyKeys("go.mod");
  }

  @Test
  void sendsATokenAsThePasswordOfAUserThatTheHostKnows() throws Exception {
    server.demand("oauth2:t0ken");
    declared = declared.with(secret("t0ken"));

    assertThat(read().files()).containsOnlyKeys("go.mod");
    assertThat(server.requests()).allMatch(request -> !request.authorization().isEmpty());
  }

  @Test
  void aRefusalNamesTheReferenceAndNotTheSecret() throws Exception {
    server.demand("reader:right");
    Path file = secret("reader:wr0ng");
    declared = declared.with(file);

    assertFails("answers 401: the host refuses the credentials of \"file:" + file + "\"");
  }

  @Test
  void saysThatTheSourceHasNoCredentials() {
    server.demand("reader:right");

    assertFails("answers 401: the host wants credentials, and the source has none");
  }

  @Test
  void saysThatThereIsNoSuchRepository() {
    server.misbehave(new GitServer.Fault.Status(404));

    assertFails("answers 404: no such repository, or not for a source without credentials");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 429})
  void aHostInTroubleIsAskedAgainLater(int status) {
    server.misbehave(new GitServer.Fault.Status(status));

    assertFails("answers " + status);
  }

  @Test
  void aHostInTroubleAfterItsListOfRefsIsAskedAgainLater() {
    server.misbehave(new GitServer.Fault.On("git-upload-pack", new GitServer.Fault.Status(503)));

    assertFails("answers 503");
  }

  @Test
  void followsARedirectToTheSameHost() throws Exception {
    Files.move(folder.resolve("api.git"), folder.resolve("moved.git"));
    server.misbehave(
        new GitServer.Fault.On(
            "api.git/info/refs", new GitServer.Fault.Moved("/api.git", "/moved.git")));

    assertThat(read().files()).containsOnlyKeys("go.mod");
  }

  @Test
  void followsNoRedirectToAnotherHostAndSendsItNothing() throws Exception {
    try (GitServer other = GitServer.start(folder)) {
      declared = declared.with(secret("reader:s3cret"));
      server.misbehave(new GitServer.Fault.Redirect(base(other.url("api"))));

      assertFails("redirects to \"" + base(other.url("api")) + "\", not to where it is declared");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void whatIsServedAsPlainFilesIsNotRead() throws Exception {
    repository.git("--git-dir", repository.bare().toString(), "update-server-info");
    try (var files = PlainFiles.serve(folder)) {
      declared = Declared.at(files.url("api"));

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(this::read)
          .withMessage(
              "repository \""
                  + files.url("api")
                  + "\" can't be read: IOException \"answers, but not in Git's smart protocol\"");
    }
  }

  @Test
  void neverShowsTheSecret() throws Exception {
    String basic =
        Base64.getEncoder().encodeToString("reader:s3cret".getBytes(StandardCharsets.UTF_8));
    declared = declared.with(secret("reader:s3cret"));

    for (var fault :
        List.of(
            new GitServer.Fault.Status(401),
            new GitServer.Fault.Status(500),
            new GitServer.Fault.Redirect("http://other.example.com"),
            new GitServer.Fault.EndlessRefs())) {
      server.misbehave(fault);

      assertThatExceptionOfType(Exception.class)
          .isThrownBy(this::read)
          .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret").doesNotContain(basic));
    }
  }

  private static String base(URI url) {
    return url.getScheme() + "://" + url.getAuthority();
  }
}
