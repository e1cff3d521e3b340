package dev.modgate.watcher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class DeclarationReaderTest {
  private static final String SECRET = "'secrets':['env:PAYMENTS']";

  private static SourceDeclaration declaration(String json) {
    return JsonMapper.shared()
        .readValue("{" + json.replace('\'', '"') + "}", SourceDeclaration.class);
  }

  private static Source read(String json) throws SourceException {
    return DeclarationReader.read("payments", declaration(json));
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws Exception {
    Source source = read("'git':'https://github.com/pay/api'," + SECRET);

    assertThat(source.host()).isEqualTo(HostKind.GITHUB);
    assertThat(source.poll()).isEqualTo(Duration.ofMinutes(5));
    assertThat(source.selection().wants("refs/heads/feature/x")).isTrue();
    assertThat(source.selection().wants("refs/tags/v1.0.0")).isTrue();
    assertThat(source.selection().wants("refs/tags/nightly")).isFalse();
    assertThat(source.selection().wants("refs/pull/1/head")).isFalse();
    assertThat(source.selection().depth()).isEqualTo(Source.Depth.BUILD);
    assertThat(source.selection().pullRequests()).isFalse();
  }

  @Test
  void aGroupBuildsTheUrlsOfItsRepositories() throws Exception {
    Source source = read("'git':'https://git.example.com','host':'gitlab','group':'pay'," + SECRET);

    assertThat(source.place())
        .isInstanceOfSatisfying(
            Source.Place.Group.class,
            group ->
                assertThat(group.url("pay/api"))
                    .hasToString("https://git.example.com/pay/api.git"));
  }

  @Test
  void anAgentsSourceHasNoGitAndNoWebhookHere() throws Exception {
    Source source = read("'agent':'inner-1'");

    assertThat(source.place()).isEqualTo(new Source.Place.Agent("inner-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'host':'github' | git is missing",
        "'git':'https://git.example.com/a' | host is missing: say of which kind git.example.com is",
        "'git':'https://git.example.com/a','host':'svn' | host is \"svn\", want one of github,",
        "'git':'https://github.com/a' | secrets are missing",
        "'git':'https://github.com/a','webhook':false,'secrets':['env:A'] | secrets are for a webhook",
        "'git':'https://github.com/a','secrets':['env:A','env:B','env:C'] | secrets are 3",
        "'git':'https://github.com/a','secrets':['hunter2'] | is no reference to a secret",
        "'git':'https://github.com','secrets':['env:A'] | git names no repository",
        "'git':'https://github.com/a','secrets':['env:A'],'poll':'soon' | poll is \"soon\"",
        "'git':'https://github.com/a','secrets':['env:A'],'poll':'10ms' | poll is \"10ms\"",
        "'git':'https://github.com/a','secrets':['env:A'],'depth':'all' | depth is \"all\"",
        "'git':'https://github.com/a','secrets':['env:A'],'branches':['a b'] | is no pattern",
        "'git':'https://github.com/a','secrets':['env:A'],'branches':[null] | is no pattern",
        "'git':'https://github.com/a','secrets':['env:A'],'folders':['../x'] | want a folder",
        "'git':'https://github.com/a','secrets':['env:A'],'sshKey':'id' | want the absolute path",
        "'git':'https://github.com/a','secrets':['env:A'],'api':'http://api.example.com' | in the clear",
        "'git':'https://bitbucket.org','secrets':['env:A'],'group':'pay' | can be found at hosts of",
        "'git':'https://github.com','secrets':['env:A'],'group':'../pay' | group is \"../pay\"",
        "'agent':'Inner_1' | agent is \"Inner_1\", want the name of an agent's key: at most 63 of",
        "'git':'https://github.com/a','agent':'inner-1' | agent reads the repository where it runs",
        "'git':'https://github.com/a','secrets':['env:A'],'signatureHeader':'a b' | want the name of",
        "'git':'https://github.com/a','secrets':['env:A'],'owner':'a\\tb' | no printable text",
      })
  void refusesWhatCannotBeMeant(String json, String fault) {
    SourceException refused = catchThrowableOfType(SourceException.class, () -> read(json));

    assertThat(refused).hasMessageContaining("source \"payments\": ").hasMessageContaining(fault);
    assertThat(refused.getMessage()).doesNotContain("hunter2");
  }

  @Test
  void namesEveryProblemAtOnce() {
    SourceException refused =
        catchThrowableOfType(
            SourceException.class,
            () -> DeclarationReader.read("Pay", declaration("'depth':'all','poll':'soon'")));

    assertThat(refused.problems())
        .extracting(SourceException.Problem::key)
        .containsExactlyInAnyOrder("name", "git", "depth", "poll", "secrets");
  }
}
