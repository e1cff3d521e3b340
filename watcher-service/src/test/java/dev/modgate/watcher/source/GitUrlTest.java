package dev.modgate.watcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GitUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://git.example.com/pay/api.git, pay/api",
    "https://git.example.com:8443/pay/backend/api, pay/backend/api",
    "ssh://git@git.example.com:2222/pay/api.git, pay/api",
    "git@git.example.com:pay/api.git, pay/api",
    "http://127.0.0.1:3000/pay/api.git, pay/api",
    "git://localhost/api, api",
    "file:///srv/git/api.git, srv/git/api",
  })
  void namesTheRepositoryAsItsHostDoes(String url, String name) {
    assertThat(GitUrl.parse(url).repositoryName()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://me:s3cret@git.example.com/a | give them by reference",
        "https://s3cret@git.example.com/a | give them by reference",
        "ssh://git:s3cret@git.example.com/a | give them by reference",
        "http://git.example.com/a | sends all in the clear",
        "git://git.example.com/a | sends all in the clear",
        "https://git.example.com/a?x=1 | it has a query",
        "ext::sh -c date | is no URL",
        "javascript:alert(1) | is no Git URL",
        "/srv/git | is no Git URL",
        "https:///a | is no Git URL",
      })
  void refusesAnythingElseWithoutRepeatingAPassword(String url, String fault) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitUrl.parse(url))
        .withMessageContaining(fault)
        .withMessageNotContaining("s3cret");
  }
}
