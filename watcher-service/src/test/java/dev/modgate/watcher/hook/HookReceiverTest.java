package dev.modgate.watcher.hook;

import static dev.modgate.watcher.hook.Example.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.hook.HookReceiver.Answer;
import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.hook.delivery.Deliveries.Taken;
import dev.modgate.watcher.hook.delivery.Verdict;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.SecretRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.CannotCreateTransactionException;

class HookReceiverTest extends OnEachDatabase {
  private static final String SECRET = "a secret of some length";
  private static final String NEXT = "the secret that takes its place";

  @TempDir Path folder;
  private final DeclaredForTest sources = new DeclaredForTest();
  private final AtomicInteger woken = new AtomicInteger();
  private Deliveries deliveries;
  private HookReceiver receiver;

  @BeforeEach
  void declare() throws IOException {
    var runs = new Runs(watcher.jdbc, woken::incrementAndGet, watcher.clock);
    deliveries =
        new Deliveries(
            watcher.jdbc, watcher.transaction, runs, Duration.ofSeconds(2), watcher.clock);
    receiver = new HookReceiver(sources, deliveries, watcher.clock);
    SecretRef secret = secret("secret", SECRET);
    sources.put(DeclaredForTest.single("hub", HostKind.GITHUB, secret));
    sources.put(DeclaredForTest.single("other", HostKind.GITHUB, secret));
    sources.put(DeclaredForTest.single("lab", HostKind.GITLAB, secret));
    sources.put(DeclaredForTest.single("gitee", HostKind.GITEE, secret));
    sources.put(DeclaredForTest.single("script", HostKind.GENERIC, secret));
  }

  private SecretRef secret(String name, String text) throws IOException {
    return new SecretRef.File(Files.writeString(folder.resolve(name), text + "\n"));
  }

  private Answer receive(String source, Example sent) {
    return receiver.receive(source, sent.hookHeaders(), sent.body());
  }

  private Taken taken(String source, Example sent) {
    return ((Answer.Known) receive(source, sent)).taken();
  }

  private Example signed(String file) {
    return Example.of(file).signed(SECRET, watcher.clock.instant());
  }

  private List<Map<String, Object>> rows(String query) {
    return watcher.jdbc.queryForList(query);
  }

  private void nothingIsRequested() {
    assertThat(watcher.count("run")).isZero();
    assertThat(woken).hasValue(0);
  }

  @Test
  void aPushBecomesARunThatWaitsForMore() {
    Taken taken = taken("hub", signed("github/push"));

    assertThat(taken.verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(taken.coalesced()).isFalse();
    assertThat(woken).hasValue(1);
    assertThat(rows("select * from run"))
        .singleElement()
        .satisfies(run -> {
          assertThat(run)
              .containsEntry("id", taken.run().orElseThrow())
              .containsEntry("source", "hub")
              .containsEntry("repository", "pay/api")
              .containsEntry("found_by", "webhook")
              .containsEntry("state", "waiting");
        });
    assertThat(rows("select * from run_ref"))
        .singleElement()
        .satisfies(ref ->
            assertThat(ref)
                .containsEntry("ref", "refs/heads/main")
                .containsEntry("commit_id", COMMIT));
    assertThat(rows("select * from delivery"))
        .singleElement()
        .satisfies(delivery ->
            assertThat(delivery)
                .containsEntry("id", taken.id())
                .containsEntry("verdict", "accepted")
                .containsEntry("event", "push")
                .containsEntry("run_id", taken.run().orElseThrow())
                .containsEntry("host_delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"));
    assertThat(deliveries.lastOf("hub")).contains(watcher.clock.instant());
    assertThat(deliveries.lastOf("lab")).isEmpty();
  }

  @Test
  void aReplayIsTheFirstDeliveryAndAsksForNothing() {
    Taken first = taken("hub", signed("github/push"));
    watcher.jdbc.update("update run set waiting_for = null, state = 'done'");
    watcher.clock.advance(Duration.ofDays(3));

    Taken again = taken("hub", signed("github/push"));
    Taken elsewhere = taken("other", signed("github/push"));

    assertThat(again.seenBefore()).isTrue();
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(again.run()).isEqualTo(first.run());
    assertThat(elsewhere.seenBefore()).isFalse();
    assertThat(watcher.count("run")).as("one of each source").isEqualTo(2);
    assertThat(rows("select repeats from delivery order by received_at"))
        .extracting(row -> row.get("repeats"))
        .containsExactly(1, 0);
  }

  @Test
  void aHostWithoutIdsIsKnownByBodyAndSignedTime() {
    Taken first = taken("gitee", signed("gitee/push"));
    Taken replay = taken("gitee", signed("gitee/push"));
    watcher.clock.advance(Duration.ofMillis(1));
    Taken later = taken("gitee", signed("gitee/push"));

    assertThat(replay.id()).isEqualTo(first.id());
    assertThat(later.seenBefore()).isFalse();
    assertThat(later.coalesced()).isTrue();
  }

  @Test
  void pushesToOneRepositoryAreOneRunOfWhatItsRefsNameThen() {
    Taken first = taken("hub", signed("github/push"));
    String newer = "f".repeat(40);
    var second =
        Example.of("github/push")
            .withId("2")
            .withBody(
                new String(
                        Example.of("github/push").body(), java.nio.charset.StandardCharsets.UTF_8)
                    .replace(COMMIT, newer))
            .signed(SECRET, watcher.clock.instant());
    Taken coalesced = taken("hub", second);
    Taken tag =
        taken(
            "hub",
            Example.of("github/push-annotated-tag")
                .withId("3")
                .signed(SECRET, watcher.clock.instant()));

    assertThat(coalesced.run()).isEqualTo(first.run());
    assertThat(coalesced.coalesced()).isTrue();
    assertThat(coalesced.sentence()).endsWith("by the run of this repository that waited already");
    assertThat(tag.run()).isEqualTo(first.run());
    assertThat(rows("select ref, commit_id from run_ref order by ref"))
        .extracting(row -> row.get("commit_id"))
        .containsExactly(null, COMMIT);

    watcher.jdbc.update("update run set waiting_for = null, state = 'running'");
    assertThat(taken("hub", signed("github/push").withId("4")).run()).isNotEqualTo(first.run());
  }

  @Test
  void aCrashAtTheCommitLeavesNothingAndTheNextTryIsTaken() {
    watcher.crashes.loseNextCommit();

    assertThatThrownBy(() -> receive("hub", signed("github/push")))
        .isInstanceOf(Crashes.CrashException.class);

    assertThat(List.of("delivery", "delivery_ref", "run", "run_ref"))
        .allSatisfy(table -> assertThat(watcher.count(table)).as(table).isZero());
    assertThat(woken).hasValue(0);
    Taken again = taken("hub", signed("github/push"));
    assertThat(again.seenBefore()).isFalse();
    assertThat(again.run()).isPresent();
  }

  @Test
  void nothingIsPromisedWhileTheDatabaseIsAway() {
    watcher.crashes.beAway(1);

    assertThatThrownBy(() -> receive("hub", signed("github/push")))
        .isInstanceOf(CannotCreateTransactionException.class);

    nothingIsRequested();
    assertThat(watcher.count("delivery")).isZero();
  }

  @Test
  void whoIsNotAuthenticAsksForNothingAndUsesNoIdUp() {
    Example sent = Example.of("github/push");

    assertThat(receive("hub", sent.signed("another", watcher.clock.instant())))
        .isInstanceOf(Answer.Refused.class);
    assertThat(receive("hub", sent)).isInstanceOf(Answer.Refused.class);

    nothingIsRequested();
    assertThat(rows("select verdict, same_as, host_delivery, event, repository from delivery"))
        .allSatisfy(row -> {
          assertThat(row.get("verdict")).isIn("bad-signature", "unsigned");
          row.remove("verdict");
          assertThat(row.values()).containsOnlyNulls();
        })
        .hasSize(2);
    assertThat(deliveries.lastOf("hub")).isEmpty();
    assertThat(taken("hub", signed("github/push")).seenBefore()).isFalse();
  }

  @Test
  void nobodyOutsideCanTellAnUnknownSourceFromAWrongSecret() throws IOException {
    sources.put(DeclaredForTest.single("polled", HostKind.GITHUB));
    Example wrong = Example.of("github/push").signed("another", watcher.clock.instant());

    var answers =
        List.of(
            receive("hub", wrong),
            receive("hub", Example.of("github/push")),
            receive("nobody", wrong),
            receive("nobody", Example.of("github/push")),
            receive("No/Name", wrong),
            receive("polled", wrong));

    assertThat(answers)
        .allSatisfy(answer -> {
          var refused = (Answer.Refused) answer;
          assertThat(refused.verdict().status()).isEqualTo(404);
          assertThat(refused.sentence())
              .isEqualTo(
                  "there is no source of this name with a secret that has signed this delivery");
        });
    assertThat(rows("select source, verdict from delivery"))
        .extracting(row -> row.get("source") + " " + row.get("verdict"))
        .containsExactlyInAnyOrder(
            "hub bad-signature",
            "hub unsigned",
            "nobody unknown-source",
            "nobody unknown-source",
            " unknown-source",
            "polled unknown-source");
  }

  @Test
  void aSecretThatCannotBeReadIsTheOperatorsTrouble() throws IOException {
    SecretRef gone = new SecretRef.File(folder.resolve("gone"));
    sources.put(DeclaredForTest.single("hub", HostKind.GITHUB, gone));
    sources.put(DeclaredForTest.single("two", HostKind.GITHUB, gone, secret("next", NEXT)));

    assertThat(receive("hub", signed("github/push")))
        .isEqualTo(
            new Answer.Refused(
                Verdict.UNUSABLE_SECRET, "the webhook's secret can't be read here now"));
    assertThat(receive("two", signed("github/push")))
        .as("perhaps signed with the other one")
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.verdict()).isEqualTo(Verdict.UNUSABLE_SECRET));
    assertThat(rows("select sentence from delivery"))
        .allSatisfy(row -> assertThat(row.get("sentence")).asString().contains("does not exist"));
    nothingIsRequested();

    Example next = Example.of("github/push").signed(NEXT, watcher.clock.instant());
    assertThat(taken("two", next).verdict()).isEqualTo(Verdict.ACCEPTED);
    Files.writeString(folder.resolve("gone"), SECRET);
    assertThat(taken("hub", signed("github/push")).verdict())
        .as("read anew each time")
        .isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void whatWasSignedForAnotherTimeIsStale() {
    Example old = signed("gitlab/push-signed");
    watcher.clock.advance(Duration.ofMinutes(6));

    assertThat(receive("lab", old))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.verdict()).isEqualTo(Verdict.STALE);
              assertThat(refused.sentence()).contains("2026-01-01T00:00:00Z", "00:06:00Z");
            });
    nothingIsRequested();
  }

  @Test
  void whatIsAuthenticAndAsksForNothingIsKeptWithItsWord() {
    for (String file :
        List.of(
            "ping",
            "star",
            "push-other-branch",
            "push-deleted-branch",
            "push-foreign-repository",
            "push-as-form")) {
      Taken taken =
          taken(
              "hub",
              Example.of("github/" + file).withId(file).signed(SECRET, watcher.clock.instant()));

      assertThat(taken.run()).as(file).isEmpty();
      assertThat(taken.sentence()).as(file).isNotBlank();
    }

    nothingIsRequested();
    assertThat(rows("select host_delivery, verdict, repository from delivery"))
        .extracting(row ->
            row.get("host_delivery") + " " + row.get("verdict") + " " + row.get("repository"))
        .containsExactlyInAnyOrder(
            "ping ping null",
            "star ignored null",
            "push-other-branch ignored pay/api",
            "push-deleted-branch ignored pay/api",
            "push-foreign-repository foreign-repository other/api",
            "push-as-form malformed null");
  }

  @Test
  void aFloodDoesNotFillTheDatabase() {
    Example wrong = Example.of("github/push").signed("another", watcher.clock.instant());
    for (int i = 0; i < 1_000; i++) {
      receive("hub", wrong);
      receive("nobody-" + i, wrong);
    }

    assertThat(rows("select sentence from delivery where source = 'hub' order by sentence"))
        .hasSize(22)
        .anySatisfy(row ->
            assertThat(row.get("sentence"))
                .asString()
                .endsWith("(number 1000 of this minute that was refused)"));
    assertThat(watcher.count("delivery")).isEqualTo(44);
    assertThat(taken("hub", signed("github/push")).verdict()).isEqualTo(Verdict.ACCEPTED);
    watcher.clock.advance(Duration.ofMinutes(1));
    receive("hub", wrong);
    assertThat(watcher.count("delivery")).isEqualTo(46);
  }

  @Test
  void neitherSecretNorBodyIsKept() {
    receive("gitee", Example.of("gitee/push").with("X-Gitee-Token", SECRET));
    receive("lab", signed("gitlab/push"));
    receive("lab", Example.of("gitlab/push").with("X-Gitlab-Token", SECRET + "x"));

    assertThat(rows("select * from delivery").toString())
        .doesNotContain(SECRET, "use a newer library", "somebody")
        .contains("bad-signature");
  }

  @Test
  void manyAtOnceToOneRepositoryAreOneRunAndNoneIsLost() throws Exception {
    int many = 150;
    var tasks = new ArrayList<Callable<Taken>>();
    for (int i = 0; i < many; i++) {
      Example sent =
          Example.of("generic/push")
              .withId("id-" + i)
              .withBody("{\"ref\":\"refs/tags/v" + i + "\",\"after\":\"" + COMMIT + "\"}")
              .signed(SECRET, watcher.clock.instant());
      tasks.add(() -> taken("script", sent));
      tasks.add(() -> taken("script", sent)); // at the same time again
    }

    try (var threads = Executors.newFixedThreadPool(6)) {
      for (var task : threads.invokeAll(tasks)) {
        assertThat(task.get().verdict()).isEqualTo(Verdict.ACCEPTED);
      }
    }

    assertThat(watcher.count("run")).isEqualTo(1);
    assertThat(watcher.count("run_ref")).isEqualTo(many);
    assertThat(watcher.count("delivery")).isEqualTo(many);
    assertThat(
            watcher.jdbc.queryForObject(
                "select sum(repeats) from delivery where run_id is not null", Integer.class))
        .isEqualTo(many);
    assertThat(
            watcher.jdbc.queryForObject(
                "select count(*) from delivery where not coalesced", Integer.class))
        .isEqualTo(1);
  }
}
