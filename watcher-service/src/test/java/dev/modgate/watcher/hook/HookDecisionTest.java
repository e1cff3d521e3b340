package dev.modgate.watcher.hook;

import static dev.modgate.watcher.hook.Example.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.hook.delivery.Delivery.Outcome;
import dev.modgate.watcher.hook.delivery.Verdict;
import dev.modgate.watcher.hook.payload.Payload;
import dev.modgate.watcher.run.FoundBy;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Source.Place;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HookDecisionTest {
  private static Outcome decide(Source source, String file) {
    Example sent = Example.of(file);
    return new HookDecision(source, new DeclaredForTest().repositories(source), FoundBy.WEBHOOK)
        .of(Payload.read(sent.host(), sent.hookHeaders(), sent.body()));
  }

  private static Outcome decide(String file) {
    return decide(DeclaredForTest.single("s", Example.of(file).host()), file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          github/push                                | ACCEPTED           | "refs/heads/main" of "pay/api" will be read
          github/push-name-in-other-case             | ACCEPTED           | "refs/heads/main" of "pay/api" will be read
          github/release-published                   | ACCEPTED           | "refs/tags/v1.2.0" of "pay/api" will be read
          bitbucket/cloud-push-of-several-refs       | ACCEPTED           | "refs/heads/main", "refs/tags/v1.2.0" of "pay/api" will be read
          generic/push-without-repository            | ACCEPTED           | "refs/heads/main" of "pay/api" will be read
          github/ping                                | PING               | a ping: the webhook works
          github/star                                | IGNORED            | nothing is done for the event "star"
          github/push-other-branch                   | IGNORED            | "refs/heads/wip/x" is none of the source's branches and tags
          gitlab/push-other-branch                   | IGNORED            | "refs/heads/wip/x" is none of the source's branches and tags
          gitea/push-other-branch                    | IGNORED            | "refs/heads/wip/x" is none of the source's branches and tags
          bitbucket/cloud-push-other-branch          | IGNORED            | "refs/heads/wip/x" is none of the source's branches and tags
          gitee/push-other-branch                    | IGNORED            | "refs/heads/wip/x" is none of the source's branches and tags
          generic/push-other-branch                  | IGNORED            | "refs/heads/wip/x" is none of the source's branches and tags
          github/push-deleted-branch                 | IGNORED            | "refs/heads/main" was deleted
          github/delete-tag                          | IGNORED            | "refs/tags/v1.2.0" was deleted
          gitlab/push-deleted-branch                 | IGNORED            | "refs/heads/main" was deleted
          gitea/push-deleted-branch                  | IGNORED            | "refs/heads/main" was deleted
          bitbucket/cloud-push-deleted-branch        | IGNORED            | "refs/heads/main" was deleted
          bitbucket/data-center-push-deleted-branch  | IGNORED            | "refs/heads/main" was deleted
          gitee/push-deleted-branch                  | IGNORED            | "refs/heads/main" was deleted
          generic/push-deleted-branch                | IGNORED            | "refs/heads/main" was deleted
          github/pull-request-opened                 | IGNORED            | the source does not take pull requests
          github/push-foreign-repository             | FOREIGN_REPOSITORY | repository "other/api" is not that of the source, "https://git.example.com/pay/api.git"
          gitlab/push-foreign-repository             | FOREIGN_REPOSITORY | repository "other/api" is not that of the source, "https://git.example.com/pay/api.git"
          gitea/push-foreign-repository              | FOREIGN_REPOSITORY | repository "other/api" is not that of the source, "https://git.example.com/pay/api.git"
          bitbucket/cloud-push-foreign-repository    | FOREIGN_REPOSITORY | repository "other/api" is not that of the source, "https://git.example.com/pay/api.git"
          bitbucket/data-center-push-foreign-repository | FOREIGN_REPOSITORY | repository "OTHER/api" is not that of the source, "https://git.example.com/pay/api.git"
          gitee/push-foreign-repository              | FOREIGN_REPOSITORY | repository "other/api" is not that of the source, "https://git.example.com/pay/api.git"
          generic/push-foreign-repository            | FOREIGN_REPOSITORY | repository "other/api" is not that of the source, "https://git.example.com/pay/api.git"
          github/push-as-form                        | MALFORMED          | the body is a form; let the host send it as application/json
          """)
  void eachHasItsVerdictAndAWordWhy(String file, Verdict verdict, String sentence) {
    Outcome outcome = decide(file);

    assertThat(outcome.verdict()).isEqualTo(verdict);
    assertThat(outcome.sentence()).isEqualTo(sentence);
  }

  @Test
  void pullRequestsAreReadWhereTheSourceTakesThem() {
    var source =
        DeclaredForTest.source(
            "s", new Place.Single(DeclaredForTest.url("pay/api")), HostKind.GITHUB, "main", true);

    assertThat(decide(source, "github/pull-request-opened"))
        .isInstanceOfSatisfying(
            Outcome.Read.class,
            read ->
                assertThat(read.tips())
                    .containsExactly(new Tip("refs/pull/7/head", Optional.of(COMMIT))));
  }

  @Test
  void ofAGroupOneThatIsNotDiscoveredYetIsUnknownAndOneOfAnotherGroupIsForeign() {
    Source group = DeclaredForTest.group("g", HostKind.GITLAB);

    assertThat(decide(group, "gitlab/push").verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(decide(group, "gitlab/push-new-repository"))
        .isEqualTo(
            new Outcome.Leave(
                Verdict.UNKNOWN_REPOSITORY,
                "unknown repository \"pay/new\": not yet discovered in the group \"pay\", or left"
                    + " out of it"));
    assertThat(decide(group, "gitlab/push-foreign-repository").verdict())
        .isEqualTo(Verdict.FOREIGN_REPOSITORY);
    assertThat(
            decide(DeclaredForTest.group("g", HostKind.GENERIC), "generic/push-without-repository")
                .verdict())
        .as("which of the group?")
        .isEqualTo(Verdict.FOREIGN_REPOSITORY);
  }

  @Test
  void whatAnAgentReadsIsLeftToIt() {
    var source =
        DeclaredForTest.source("s", new Place.Agent("inner-1"), HostKind.GITHUB, "main", false);

    assertThat(decide(source, "github/push"))
        .isEqualTo(
            new Outcome.Leave(
                Verdict.FOREIGN_REPOSITORY,
                "the agent \"inner-1\" reads this source and takes its webhooks"));
  }
}
