package dev.modgate.watcher.hook;

import static dev.modgate.watcher.hook.Example.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.hook.HookReceiver.Answer;
import dev.modgate.watcher.hook.delivery.Deliveries;
import dev.modgate.watcher.hook.delivery.Deliveries.Taken;
import dev.modgate.watcher.hook.delivery.Verdict;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.source.HostKind;
import dev.modgate.watcher.source.SecretRef;
import dev.modgate.watcher.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is the same delivery once more, and what only looks like it.
class HookRepetitionTest extends OnEachDatabase {
  private static final String SECRET = "a secret of some length";

  @TempDir Path folder;
  private final DeclaredForTest sources = new DeclaredForTest();
  private SecretRef secret;
  private HookReceiver receiver;

  @BeforeEach
  void declare() throws IOException {
    var runs = new Runs(watcher.jdbc, () -> {}, watcher.clock);
    var deliveries =
        new Deliveries(
            watcher.jdbc, watcher.transaction, runs, Duration.ofSeconds(2), watcher.clock);
    receiver = new HookReceiver(sources, deliveries, watcher.clock);
    secret = new SecretRef.File(Files.writeString(folder.resolve("secret"), SECRET));
    sources.put(DeclaredForTest.single("script", HostKind.GENERIC, secret));
  }

  private Taken taken(Example sent) {
    Example signed = sent.signed(SECRET, watcher.clock.instant());
    return ((Answer.Known) receiver.receive("script", signed.hookHeaders(), signed.body())).taken();
  }

  private static Example withoutId(String file) {
    return Example.of("generic/" + file).without("X-Modgate-Delivery");
  }

  private static Example push(String commit) {
    Example push = withoutId("push");
    return push.withBody(new String(push.body(), StandardCharsets.UTF_8).replace(COMMIT, commit));
  }

  private void runsAreDone() {
    watcher.jdbc.update("update run set waiting_for = null, state = 'done'");
  }

  @Test
  void aPushThatHasNeitherIdNorCommitIsReadEachTime() {
    Taken first = taken(withoutId("push-without-commit"));
    runsAreDone();
    Taken second = taken(withoutId("push-without-commit"));

    assertThat(second.seenBefore()).isFalse();
    assertThat(second.run()).isPresent().isNotEqualTo(first.run());
  }

  @Test
  void aPushWithoutAnIdIsTheSameOneForFiveMinutes() {
    Taken first = taken(withoutId("push"));
    watcher.clock.advance(Duration.ofMinutes(5));
    assertThat(taken(withoutId("push")).id()).isEqualTo(first.id());
    runsAreDone();
    watcher.clock.advance(Duration.ofMillis(1));

    Taken later = taken(withoutId("push"));

    assertThat(later.seenBefore()).isFalse();
    assertThat(later.run()).isPresent().isNotEqualTo(first.run());
    assertThat(taken(withoutId("push")).id()).isEqualTo(later.id());
  }

  @Test
  void aBranchThatGoesBackToACommitIsReadAgainAsItIs() {
    taken(push(COMMIT));
    taken(push("f".repeat(40)));

    Taken back = taken(push(COMMIT));

    assertThat(back.seenBefore()).isFalse();
    assertThat(back.coalesced()).isTrue();
    assertThat(watcher.jdbc.queryForList("select commit_id from run_ref", String.class))
        .as("pushes come in any order: the branch itself tells")
        .containsOnlyNulls();
  }

  @Test
  void idsThatAreNoWordsTellDeliveriesApart() {
    Example push = Example.of("generic/push");
    Taken first = taken(push.withId(COMMIT + " refs/heads/main"));
    watcher.clock.advance(Duration.ofDays(1));

    assertThat(taken(push.withId(COMMIT + " refs/heads/main")).id()).isEqualTo(first.id());
    assertThat(taken(push.withId(COMMIT + " refs/tags/v1")).seenBefore()).isFalse();
  }

  @Test
  void whatWasLeftIsReadWhenItComesAgainAndTheSourceWantsIt() {
    Taken left = taken(Example.of("generic/push-other-branch"));
    Taken stillLeft = taken(Example.of("generic/push-other-branch"));
    Source source = DeclaredForTest.single("script", HostKind.GENERIC, secret);
    sources.put(
        DeclaredForTest.source("script", source.place(), source.host(), "wip/x", false, secret));

    Taken read = taken(Example.of("generic/push-other-branch"));
    Taken again = taken(Example.of("generic/push-other-branch"));

    assertThat(left.verdict()).isEqualTo(Verdict.IGNORED);
    assertThat(stillLeft.seenBefore()).isTrue();
    assertThat(read.verdict()).isEqualTo(Verdict.ACCEPTED);
    assertThat(read.id()).isEqualTo(left.id());
    assertThat(read.run()).isPresent();
    assertThat(again.seenBefore()).isTrue();
    assertThat(again.run()).isEqualTo(read.run());
    assertThat(watcher.count("run")).isEqualTo(1);
    assertThat(watcher.jdbc.queryForMap("select * from delivery"))
        .containsEntry("verdict", "accepted")
        .containsEntry("run_id", read.run().orElseThrow())
        .containsEntry("repeats", 3);
    assertThat(watcher.jdbc.queryForList("select ref from delivery_ref", String.class))
        .containsExactly("refs/heads/wip/x");
  }
}
