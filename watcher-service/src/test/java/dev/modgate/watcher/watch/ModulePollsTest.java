package dev.modgate.watcher.watch;

import static dev.modgate.watcher.database.Answers.HASH;
import static dev.modgate.watcher.database.Answers.published;
import static dev.modgate.watcher.database.Answers.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.database.Crashes;
import dev.modgate.watcher.database.OnEachDatabase;
import dev.modgate.watcher.ledger.NewestKnown;
import dev.modgate.watcher.plan.PrivateModules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModulePollsTest extends OnEachDatabase {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Lists lists = new Lists();

  /// Upstreams in memory.
  private static final class Lists implements ModuleLists {
    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, Instant> times = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean away;

    @Override
    public SortedSet<Version> versions(ModulePath module) throws IOException {
      asked.add(module.value());
      if (away) {
        throw new IOException("the upstream does not answer");
      }
      var listed = new TreeSet<Version>();
      Arrays.stream(versions.getOrDefault(module.value(), "").split(" "))
          .filter(word -> !word.isEmpty())
          .map(Version::parse)
          .forEach(listed::add);
      return listed;
    }

    @Override
    public Optional<Instant> time(ModuleVersion version) {
      return Optional.ofNullable(times.get(version.toString()));
    }
  }

  private ModulePolls polls(String pattern, Optional<Duration> notOlderThan) {
    return polls(pattern, notOlderThan, HOUR);
  }

  private ModulePolls polls(String pattern, Optional<Duration> notOlderThan, Duration every) {
    return new ModulePolls(
        List.of(Watch.of("test", pattern, false, notOlderThan, every)),
        lists,
        new WatchRows(watcher.jdbc),
        new ModulePolls.Syncing(
            watcher.syncs,
            watcher.transaction,
            PrivateModules.of("*.corp.example"),
            new NewestKnown(watcher.jdbc),
            watcher.clock),
        () -> 0L);
  }

  private void pollAll(ModulePolls polls) {
    polls.settle();
    polls.take(10).forEach(polls::poll);
    watcher.clock.advance(HOUR);
  }

  private List<String> requested() {
    return watcher.requests().stream().map(request -> request.module().toString()).toList();
  }

  @Test
  void whatIsListedAnewIsBroughtInside() {
    ModulePolls polls = polls("example.com/lib@v1.*", Optional.empty());

    lists.versions.put("example.com/lib", "v1.0.0 v1.1.0");
    pollAll(polls);
    assertThat(requested()).containsExactly("example.com/lib@v1.1.0");
    lists.versions.put("example.com/lib", "v1.0.0 v1.0.1 v1.1.0 v1.2.0 v2.0.0");
    pollAll(polls);
    pollAll(polls);

    assertThat(requested())
        .containsExactlyInAnyOrder(
            "example.com/lib@v1.1.0", "example.com/lib@v1.0.1", "example.com/lib@v1.2.0");
    assertThat(watcher.count("sync")).isEqualTo(2);
  }

  @Test
  void aPatternCoversWhatAnybodyAskedForButNothingPrivate() {
    watcher.syncByName("test", "golang.org/x/text@v0.1.0");
    watcher.syncByName("test", "example.com/other@v0.1.0");
    lists.versions.put("golang.org/x/text", "v0.1.0 v0.2.0");

    pollAll(polls("golang.org/x/*@latest", Optional.empty()));
    pollAll(polls("**@latest", Optional.empty()));
    pollAll(polls("git.corp.example/secret@latest", Optional.empty()));

    assertThat(requested()).contains("golang.org/x/text@v0.2.0");
    assertThat(lists.asked).isNotEmpty().noneMatch(path -> path.contains("corp.example"));
  }

  @Test
  void whatAnybodyAskedForIsNotAskedForAgain() {
    watcher.syncByName("test", "example.com/lib@v1.0.0");
    lists.versions.put("example.com/lib", "v1.0.0");

    pollAll(polls("example.com/lib@latest", Optional.empty()));

    assertThat(watcher.count("sync")).isEqualTo(1);
  }

  @Test
  void whatIsTooOldIsLeftOut() {
    ModulePolls polls = polls("example.com/lib@v1.*", Optional.of(Duration.ofDays(90)));
    Instant now = watcher.clock.instant();
    lists.versions.put("example.com/lib", "v1.0.0");
    lists.times.put("example.com/lib@v1.0.0", now.minus(Duration.ofDays(91)));
    pollAll(polls);
    lists.versions.put("example.com/lib", "v1.0.0 v1.1.0 v1.2.0");
    lists.times.put("example.com/lib@v1.1.0", now.minus(Duration.ofDays(89)));
    pollAll(polls); // of v1.2.0 no time is known

    assertThat(requested()).containsExactly("example.com/lib@v1.1.0");
  }

  @Test
  void anUpstreamThatIsAwayIsAskedLessAndLessOften() {
    ModulePolls polls = polls("example.com/lib@latest", Optional.empty());
    lists.away = true;
    for (int i = 0; i < 8; i++) {
      pollAll(polls);
    }

    assertThat(lists.asked).hasSize(4); // after 0, 1, 3 and 7 hours
    assertThat(
            new WatchRows(watcher.jdbc)
                .all(Optional.empty(), Optional.empty(), 10)
                .getFirst()
                .lastError())
        .isEqualTo("the upstream does not answer");
  }

  @Test
  void aCrashBeforeTheCommitLosesNoVersion() {
    ModulePolls polls = polls("example.com/lib@latest", Optional.empty());
    lists.versions.put("example.com/lib", "v1.0.0");
    polls.settle();
    WatchRows.Poll poll = polls.take(10).getFirst();

    watcher.crashes.loseNextCommit();
    assertThatThrownBy(() -> polls.poll(poll)).isInstanceOf(Crashes.CrashException.class);
    watcher.clock.advance(ModulePolls.TAKEN_FOR);
    pollAll(polls);

    assertThat(requested()).containsExactly("example.com/lib@v1.0.0");
    assertThat(watcher.count("sync")).isEqualTo(1);
  }

  @Test
  void aPollThatGoesOnIsNotMadeByAnotherToo() {
    ModulePolls polls = polls("example.com/lib@v1.*", Optional.empty());
    lists.versions.put("example.com/lib", "v1.0.0");
    polls.settle();
    WatchRows.Poll slow = polls.take(10).getFirst();

    for (int i = 0; i < 10; i++) {
      watcher.clock.advance(ModulePolls.TAKEN_FOR.dividedBy(2));
      polls.goesOn(slow);
      assertThat(polls.take(10)).isEmpty();
    }
    polls.poll(slow);
    polls.goesOn(slow); // comes too late
    watcher.clock.advance(HOUR.minusSeconds(1));

    assertThat(polls.take(10)).isEmpty();
    assertThat(requested()).containsExactly("example.com/lib@v1.0.0");
  }

  @Test
  void twoWatchersShareThePolls() {
    lists.versions.put("example.com/lib", "v1.0.0");
    ModulePolls one = polls("example.com/lib@latest", Optional.empty());
    ModulePolls other = polls("example.com/lib@latest", Optional.empty());
    one.settle();
    other.settle();

    assertThat(one.take(10)).hasSize(1);
    assertThat(other.take(10)).isEmpty();
  }

  @Test
  void whatWasAskedForTooEarlyIsBroughtInsideOnceItIsListed() {
    watcher.syncByName("test", "example.com/lib@v1.0.0");
    watcher.jdbc.update("update module set state = 'absent'");
    lists.versions.put("example.com/lib", "v1.0.0");

    pollAll(polls("example.com/lib@latest", Optional.empty()));

    assertThat(watcher.count("sync")).isEqualTo(2);
  }

  @Test
  void whereNoTimeIsKnownTheNextPollAsksAgain() {
    ModulePolls polls = polls("example.com/lib@v1.*", Optional.of(Duration.ofDays(90)));
    lists.versions.put("example.com/lib", "v1.0.0 v1.1.0");
    pollAll(polls);
    assertThat(requested()).isEmpty();

    lists.times.put("example.com/lib@v1.1.0", watcher.clock.instant());
    pollAll(polls);

    assertThat(requested()).containsExactly("example.com/lib@v1.1.0");
  }

  @Test
  void aShorterIntervalCountsAtOnce() {
    pollAll(polls("example.com/lib@latest", Optional.empty(), Duration.ofDays(7)));
    assertThat(lists.asked).hasSize(1);

    pollAll(polls("example.com/lib@latest", Optional.empty()));

    assertThat(lists.asked).hasSize(2);
  }

  @Test
  void theLatestOfWhatIsInsideIsWantedTooAndWhatIsNotRetractedBesides() {
    var latest = latestOfInside();
    lists.versions.put("example.com/a", "v1.0.0 v1.1.0 v1.2.0");
    lists.versions.put("example.com/asked", "v1.0.0 v1.1.0");
    watcher.syncByName("asked", "example.com/asked@v1.0.0");
    watcher.syncByName("inside", "example.com/a@v1.0.0");
    watcher.answer(published(watcher.request(), HASH));

    settleAndPoll(latest);

    assertThat(lists.asked).containsExactly("example.com/a");
    assertThat(watcher.request().module()).hasToString("example.com/a@v1.2.0");
    assertThat(watcher.request().want()).isEqualTo(Want.ZIP);

    watcher.answer(
        verified(watcher.request(), HASH, "module example.com/a\nretract v1.2.0 // by mistake\n"),
        published(watcher.request(), HASH));
    settleAndPoll(latest);

    assertThat(watcher.request().module()).hasToString("example.com/a@v1.1.0");
  }

  @Test
  void aToolchainHasNoLatestOne() {
    watcher.syncByName("toolchain", "golang.org/toolchain@v0.0.1-go1.25.4.linux-amd64");
    watcher.answer(published(watcher.request(), HASH));

    settleAndPoll(latestOfInside());

    assertThat(lists.asked).isEmpty();
  }

  private void settleAndPoll(ModulePolls polls) {
    polls.settle();
    watcher.clock.advance(Duration.ofDays(2));
    polls.take(10).forEach(polls::poll);
  }

  private ModulePolls latestOfInside() {
    return new ModulePolls(
        List.of(Watch.ofInside("latest/0", "**", Duration.ofDays(1))),
        lists,
        new WatchRows(watcher.jdbc),
        new ModulePolls.Syncing(
            watcher.syncs,
            watcher.transaction,
            PrivateModules.NONE,
            new NewestKnown(watcher.jdbc),
            watcher.clock),
        () -> 0L);
  }
}
