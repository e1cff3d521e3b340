package dev.modgate.watcher.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostApiTest {
  @ParameterizedTest
  @CsvSource({
    "GITHUB, https://github.com/pay/api.git, https://api.github.com, GITHUB",
    "GITHUB, git@github.com:pay/api.git, https://api.github.com, GITHUB",
    "GITHUB, https://git.example.com/pay/api, https://git.example.com/api/v3, GITHUB",
    "GITLAB, https://gitlab.com/pay/api, https://gitlab.com/api/v4, GITLAB",
    "GITLAB, https://git.example.com:8443/pay/api, https://git.example.com:8443/api/v4, GITLAB",
    "GITLAB, ssh://git@git.example.com:2222/pay/api, https://git.example.com/api/v4, GITLAB",
    "GITEA, http://127.0.0.1:3000/pay/api, http://127.0.0.1:3000/api/v1, GITEA",
    "BITBUCKET, https://bitbucket.org/pay/api, https://api.bitbucket.org/2.0, BITBUCKET_CLOUD",
    "BITBUCKET, https://git.example.com/scm/PAY/api.git, https://git.example.com/rest/api/1.0,"
        + " BITBUCKET_DATA_CENTER",
    "GITEE, https://gitee.com/pay/api, https://gitee.com/api/v5, GITEE",
  })
  void theApiFollowsFromTheGitUrl(HostKind kind, String git, String root, HostApi.Dialect dialect) {
    assertThat(HostApi.find(kind, Optional.empty(), GitUrl.parse(git)))
        .isEqualTo(new HostApi.Found.Api(new HostApi(dialect, URI.create(root))));
  }

  @ParameterizedTest
  @CsvSource({
    "GITLAB, file:///srv/git/api.git",
    "GITEA, git://127.0.0.1/pay/api",
    "GENERIC, https://git.example.com/pay/api",
  })
  void noneFollowsWhereThereIsNoHttp(HostKind kind, String git) {
    assertThat(HostApi.find(kind, Optional.empty(), GitUrl.parse(git)))
        .isInstanceOf(HostApi.Found.None.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://git.example.com/api/v4",
        "https://user:secret@git.example.com/api/v4",
        "https://git.example.com/api/v4?a=b",
        "file:///api/v4",
      })
  void noTokenIsSentInTheClear(String api) {
    var url = GitUrl.parse("https://git.example.com/pay/api");

    assertThat(HostApi.find(HostKind.GITLAB, Optional.of(URI.create(api)), url))
        .isInstanceOf(HostApi.Found.None.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GITLAB, https://example.com/git/api/v4, git/pay/api, pay/api",
    "GITLAB, https://example.com/git/api/v4, pay/api, pay/api",
    "GITLAB, https://example.com/api/v4, pay/backend/api, pay/backend/api",
    "BITBUCKET, https://example.com/rest/api/1.0, scm/PAY/api, PAY/api",
    "BITBUCKET, https://example.com/rest/api/1.0, PAY/api, PAY/api",
    "BITBUCKET, https://example.com/bb/rest/api/1.0, bb/scm/~jo/api, ~jo/api",
    "BITBUCKET, https://api.bitbucket.org/2.0, pay/api, pay/api",
  })
  void aRepositoryIsCalledWhatItsApiCallsIt(HostKind kind, String api, String path, String name) {
    var found =
        HostApi.find(
            kind, Optional.of(URI.create(api)), GitUrl.parse("https://example.com/pay/api"));

    assertThat(found)
        .isInstanceOfSatisfying(
            HostApi.Found.Api.class,
            there -> assertThat(RepositoryPath.parse(path).at(there.api())).hasToString(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/pay/api",
        "pay/",
        "pay//api",
        "../x",
        "pay/../../x",
        "pay/.",
        "pay/api?x=y",
        "pay/api#x",
        "pay/a%2fb",
        "pay/a\\b",
        "pay/a b",
        "pay/a\nb",
        "pay/\u0000",
        "pay/ünicode",
        "https://elsewhere.example/pay/api",
        "pay/-upload-pack",
        "pay/api.git",
      })
  void aLyingNameIsNoPath(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> RepositoryPath.parse(name));
  }

  @Test
  void aPathHasAnEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RepositoryPath.parse("a/".repeat(30) + "a"));
    assertThatIllegalArgumentException().isThrownBy(() -> RepositoryPath.parse("a".repeat(401)));
  }
}
