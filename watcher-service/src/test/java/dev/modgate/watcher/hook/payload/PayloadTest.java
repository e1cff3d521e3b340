package dev.modgate.watcher.hook.payload;

import static dev.modgate.watcher.hook.Example.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.hook.Example;
import dev.modgate.watcher.run.Tip;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.Repository;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class PayloadTest {
  private static final String NO_COMMIT = "-";

  private static HookEvent read(Example sent) {
    return Payload.read(sent.host(), sent.hookHeaders(), sent.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          github/push                             | push         | refs/heads/main          | 6113728f
          github/push-annotated-tag               | tag          | refs/tags/v1.2.0         | 6113728f
          github/create-tag                       | tag          | refs/tags/v1.2.0         | -
          github/pull-request-opened              | pull-request | refs/pull/7/head         | 6113728f
          github/release-published                | release      | refs/tags/v1.2.0         | -
          gitlab/push                             | push         | refs/heads/main          | 6113728f
          gitlab/push-signed                      | push         | refs/heads/main          | 6113728f
          gitlab/push-of-a-system-hook            | push         | refs/heads/main          | 6113728f
          gitlab/tag-push                         | tag          | refs/tags/v1.2.0         | 6113728f
          gitlab/merge-request-open               | pull-request | refs/merge-requests/7/head | 6113728f
          gitlab/merge-request-new-commits        | pull-request | refs/merge-requests/7/head | 6113728f
          gitlab/release-create                   | release      | refs/tags/v1.2.0         | 6113728f
          gitea/push                              | push         | refs/heads/main          | 6113728f
          gitea/push-of-forgejo                   | push         | refs/heads/main          | 6113728f
          gitea/push-tag                          | tag          | refs/tags/v1.2.0         | 6113728f
          gitea/create-tag                        | tag          | refs/tags/v1.2.0         | -
          gitea/pull-request-synchronized         | pull-request | refs/pull/7/head         | 6113728f
          gitea/release-published                 | release      | refs/tags/v1.2.0         | -
          bitbucket/cloud-push                    | push         | refs/heads/main          | 6113728f
          bitbucket/cloud-pull-request            | pull-request | refs/heads/newer         | -
          bitbucket/data-center-push              | push         | refs/heads/main          | 6113728f
          bitbucket/data-center-push-tag          | tag          | refs/tags/v1.2.0         | 6113728f
          bitbucket/data-center-pull-request      | pull-request | refs/pull-requests/7/from | 6113728f
          gitee/push                              | push         | refs/heads/main          | 6113728f
          gitee/tag-push                          | tag          | refs/tags/v1.2.0         | 6113728f
          gitee/pull-request-open                 | pull-request | refs/pull/7/head         | 6113728f
          gitee/pull-request-new-commits          | pull-request | refs/pull/7/head         | 6113728f
          generic/push                            | push         | refs/heads/main          | 6113728f
          generic/push-without-commit             | push         | refs/heads/main          | -
          """)
  void whatMovedIsReadOfEachHost(String file, String kind, String ref, String commit) {
    HookEvent event = read(Example.of(file));

    assertThat(event.kind()).isEqualTo(kind);
    assertThat(event.tips())
        .containsExactly(
            new Tip(ref, commit.equals(NO_COMMIT) ? Optional.empty() : Optional.of(COMMIT)));
    assertThat(event.repositoryName()).get().asString().isEqualToIgnoringCase("pay/api");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github/push-deleted-branch",
        "gitlab/push-deleted-branch",
        "gitea/push-deleted-branch",
        "bitbucket/cloud-push-deleted-branch",
        "bitbucket/data-center-push-deleted-branch",
        "gitee/push-deleted-branch",
        "generic/push-deleted-branch"
      })
  void aDeletedBranchHasNothingToRead(String file) {
    assertThat(read(Example.of(file)))
        .isInstanceOfSatisfying(
            HookEvent.Push.class,
            push ->
                assertThat(push.changes())
                    .containsExactly(new RefChange.Deleted("refs/heads/main")));
  }

  @Test
  void deletionsOfTheirOwnEventAreDeletions() {
    assertThat(read(Example.of("github/delete-tag")))
        .isInstanceOfSatisfying(
            HookEvent.Push.class,
            push ->
                assertThat(push.changes())
                    .containsExactly(new RefChange.Deleted("refs/tags/v1.2.0")));
    assertThat(read(Example.of("gitea/delete-branch")))
        .isInstanceOfSatisfying(
            HookEvent.Push.class,
            push ->
                assertThat(push.changes())
                    .containsExactly(new RefChange.Deleted("refs/heads/feature")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bitbucket/cloud-push-of-several-refs", "generic/push-of-several-refs"})
  void onePushMayMoveSeveralRefs(String file) {
    HookEvent event = read(Example.of(file));

    assertThat(((HookEvent.Push) event).changes())
        .extracting(RefChange::ref)
        .containsExactly("refs/heads/main", "refs/tags/v1.2.0", "refs/heads/old");
    assertThat(event.tips()).hasSize(2);
    assertThat(event.kind()).isEqualTo("push");
  }

  @Test
  void ofMoreRefsThanAreTakenTheFirstAreReadAndItSaysSo() {
    String changes =
        String.join(
            ",",
            IntStream.range(0, 1_500)
                .mapToObj(i -> "{\"ref\":\"refs/heads/b" + i + "\"}")
                .toList());

    HookEvent event = read(Example.of("generic/push").withBody("{\"changes\":[" + changes + "]}"));

    assertThat(event.tips()).hasSize(1_000);
    assertThat(((HookEvent.Push) event).more()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"github/ping", "bitbucket/data-center-ping", "gitee/ping", "generic/ping"})
  void aPingIsOne(String file) {
    assertThat(read(Example.of(file))).isEqualTo(new HookEvent.Ping());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github/create-branch",
        "github/pull-request-labeled",
        "github/release-edited",
        "github/star",
        "gitlab/merge-request-new-title",
        "gitlab/note",
        "gitea/pull-request-closed",
        "bitbucket/cloud-pull-request-of-a-fork",
        "gitee/pull-request-new-title",
        "gitee/note"
      })
  void whatBringsNoCommitsIsSomethingElse(String file) {
    assertThat(read(Example.of(file))).isInstanceOf(HookEvent.Other.class);
  }

  @Test
  void aFormIsToldToBeJson() {
    assertThat(read(Example.of("github/push-as-form")))
        .isEqualTo(
            new HookEvent.Unreadable(
                "the body is a form; let the host send it as application/json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                 | the body is empty, want JSON
          {                  | the body is no JSON, at line 1, column 2
          {"a":tru}          | the body is no JSON, at line 1, column 6
          nonsense           | the body is no JSON, at line 1, column 1
          [{}]               | the body is no JSON object
          null               | the body is no JSON object
          "text"             | the body is no JSON object
          {}{}               | the body has more than one JSON object
          {} x               | the body is no JSON, at line 1, column 4
          {}                 | "ref" is missing or not a text
          {"ref":1,"after":2} | "ref" is missing or not a text
          {"ref":"main"}     | "main" is no ref, want refs/heads/… or refs/tags/…
          {"ref":"refs/heads/a..b"} | "refs/heads/a..b" is no ref, want refs/heads/… or refs/tags/…
          {"ref":"refs/heads/a","after":"HEAD"} | "HEAD" is no commit id, want 40 or 64 hex digits
          {"ref":"refs/heads/a","after":7} | "after" is missing or not a text
          {"changes":{}}     | "changes" is missing or not a list
          {"changes":[null]} | "changes[0].ref" is missing or not a text
          """)
  void whatIsNoPayloadIsNamed(String body, String sentence) {
    assertThat(read(Example.of("generic/push").withBody(body)))
        .isEqualTo(new HookEvent.Unreadable(sentence));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x\":\u0000}",
        "{\"x\":\"\\ud800\"}",
        "\ufeff{}",
        "{\"x\":1e999999999}",
        "{\"ref\":\"\\u0000\"}"
      })
  void oddJsonBreaksNothing(String body) {
    assertThat(read(Example.of("generic/push").withBody(body)))
        .isInstanceOf(HookEvent.Unreadable.class);
  }

  @Test
  void bytesThatAreNoTextBreakNothing() {
    for (int b = 0; b < 256; b++) {
      assertThat(read(Example.of("generic/push").withBody(new byte[] {(byte) b, '{', (byte) b})))
          .isInstanceOf(HookEvent.Unreadable.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"ref\":", "{\"x\":", "{\"repository\":[{\"x\":"})
  void tenThousandLevelsAreNotGoneDown(String level) {
    assertThat(
            read(Example.of("generic/push").withBody("{\"ref\":" + level.repeat(10_000) + "null")))
        .isInstanceOfSatisfying(
            HookEvent.Unreadable.class,
            unreadable -> assertThat(unreadable.why()).contains("deeper than 64"));
  }

  @Test
  void aNumberOfAHundredThousandDigitsBreaksNothing() {
    assertThat(
            read(
                Example.of("github/pull-request-opened")
                    .withBody("{\"action\":\"opened\",\"number\":" + "9".repeat(100_000) + "}")))
        .isInstanceOf(HookEvent.Unreadable.class);
  }

  static Stream<String> allFiles() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(Example.class.getResource("github")).toURI()).getParent();
    try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".http"))
          .map(file -> folder.relativize(file).toString().replaceFirst("\\.http$", ""))
          .filter(name -> !name.endsWith("-as-form"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /// CVE-2025-59531, 59537 and 59538: pushes with fields of other types stopped a server.
  @ParameterizedTest
  @MethodSource("allFiles")
  void everyFieldMayBeOfEveryTypeOrMissing(String file) {
    Example sent = Example.of(file);
    JsonNode body = JsonMapper.shared().readTree(sent.body());
    List<String> others =
        List.of("null", "[]", "{}", "1", "-1", "1.5", "true", "\"\"", "\"x\"", "[null]", "[[1]]");

    for (String other : others) {
      spoil(sent, body, body, JsonMapper.shared().readTree(other));
    }
    spoil(sent, body, body, null);
  }

  /// Puts `other` in the place of each value in turn, or takes it out.
  private static void spoil(
      Example sent,
      JsonNode whole,
      JsonNode part,
      @org.jspecify.annotations.Nullable JsonNode other) {
    if (part instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        JsonNode before = object.get(name);
        if (other == null) {
          object.remove(name);
        } else {
          object.set(name, other);
        }
        assertThat(read(sent.withBody(whole.toString()))).as(name).isNotNull();
        object.set(name, before);
        spoil(sent, whole, before, other);
      }
    } else if (part instanceof ArrayNode array && other != null) {
      for (int i = 0; i < array.size(); i++) {
        JsonNode before = array.get(i);
        array.set(i, other);
        assertThat(read(sent.withBody(whole.toString()))).as(i + "").isNotNull();
        array.set(i, before);
        spoil(sent, whole, before, other);
      }
    }
  }

  @Test
  void aRepositoryIsKnownByNameOrByWhereItIsRead() {
    var repository =
        new Repository("s", "git/pay/api", GitUrl.parse("https://example.com/git/pay/api.git"));
    var byUrl =
        new RepositoryId(List.of("pay/api"), List.of("ssh://git@EXAMPLE.com:2222/git/pay/api"));

    assertThat(byUrl.is(repository, HostKind.GITLAB)).isTrue();
    assertThat(new RepositoryId(List.of("Git/Pay/API"), List.of()).is(repository, HostKind.GITHUB))
        .isTrue();
    assertThat(new RepositoryId(List.of("Git/Pay/API"), List.of()).is(repository, HostKind.GENERIC))
        .isFalse();
    for (String url :
        List.of(
            "",
            "x",
            "https://example.com/pay/api.git",
            "https://example.org/git/pay/api.git",
            "https://user:pw@example.com/git/pay/api.git",
            "file:///git/pay/api")) {
      assertThat(new RepositoryId(List.of("x/y"), List.of(url)).is(repository, HostKind.GITLAB))
          .as(url)
          .isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bitbucket/data-center-push, https://bitbucket.example.com/scm/pay/api.git",
    "bitbucket/data-center-push, ssh://git@bitbucket.example.com:7999/pay/api.git",
    "bitbucket/data-center-push-tag, https://bitbucket.example.com/git/scm/pay/api.git",
  })
  void dataCentersNameIsAlsoThatOfItsUrls(String file, String url) {
    GitUrl git = GitUrl.parse(url);
    var repository = new Repository("s", git.repositoryName(), git);

    assertThat(((HookEvent.Push) read(Example.of(file))).repository())
        .satisfies(id -> assertThat(id.is(repository, HostKind.BITBUCKET)).isTrue());
  }
}
