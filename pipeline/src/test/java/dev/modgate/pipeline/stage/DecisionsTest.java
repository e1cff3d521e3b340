package dev.modgate.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/// The stage's decisions, which take values and return values.
class DecisionsTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void commitsUpToTheFirstOffsetThatIsNotDone() {
    var tracker = new OffsetTracker();
    assertThat(tracker.toCommit()).isEmpty();
    for (long offset : new long[] {5, 6, 9, 10}) { // a log may have gaps
      tracker.taken(offset);
    }

    tracker.done(6);
    tracker.done(10);
    assertThat(tracker.toCommit()).hasValue(5);
    tracker.done(5);
    assertThat(tracker.toCommit()).hasValue(9);
    tracker.done(9);
    assertThat(tracker.toCommit()).hasValue(11);
  }

  @Test
  void commitsAPositionOnceUnlessThatFailed() {
    var tracker = new OffsetTracker();
    tracker.taken(0);
    tracker.done(0);

    tracker.committing(1);
    assertThat(tracker.toCommit()).isEmpty();
    tracker.commitFailed();
    assertThat(tracker.toCommit()).hasValue(1);
  }

  @Test
  void isFullWhenTheSpanIsAsWideAsItMayBe() {
    var tracker = new OffsetTracker();
    for (long offset = 0; offset < OffsetTracker.MAX_SPAN; offset++) {
      assertThat(tracker.isFull()).isFalse();
      tracker.taken(offset);
    }

    tracker.done(1);
    assertThat(tracker.isFull()).isTrue();
    tracker.done(0);
    assertThat(tracker.isFull()).isFalse();
  }

  @Test
  void boundsTheWindowByCountAndByBytesButAdmitsOneHeavyItemAlone() {
    var window = new Window(2, 100);

    assertThat(window.admits(1_000)).isTrue();
    window.enter(60);
    assertThat(window.admits(41)).isFalse();
    assertThat(window.admits(40)).isTrue();
    window.enter(10);
    assertThat(window.admits(0)).isFalse();
    window.leave(60);
    assertThat(window.admits(90)).isTrue();
    assertThat(window.admits(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void backsOffLongerEachTimeUntilTriesOrTimeAreUsedUp() {
    var policy =
        new RetryPolicy(3, Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofSeconds(20));

    assertThat(policy.backOff(1, Duration.ZERO, 1)).contains(Duration.ofSeconds(1));
    assertThat(policy.backOff(1, Duration.ZERO, 0)).contains(Duration.ofMillis(500));
    assertThat(policy.backOff(2, Duration.ZERO, 1)).contains(Duration.ofSeconds(2));
    assertThat(policy.backOff(3, Duration.ZERO, 1)).isEmpty();
    assertThat(policy.backOff(1, Duration.ofSeconds(60), 1)).isEmpty();
  }

  @Test
  void letsOneProbeTryWhenTheNextTryIsDue() {
    var state = new PauseState();
    assertThat(state.tryNow(NOW)).isFalse();

    assertThat(state.down("down", Duration.ofSeconds(10), NOW)).isTrue();
    assertThat(state.tryNow(NOW.plusSeconds(9))).isFalse();
    assertThat(state.tryNow(NOW.plusSeconds(10))).isTrue();
    assertThat(state.tryNow(NOW.plusSeconds(10))).isFalse();
  }

  @Test
  void letsAnotherOneTryBesideAProbeThatTakesLong() {
    var state = new PauseState();
    var _ = state.down("down", Duration.ZERO, NOW);
    assertThat(state.tryNow(NOW)).isTrue();
    Instant later = NOW.plus(PauseState.PATIENCE);

    assertThat(state.tryNow(later.minusMillis(1))).isFalse();
    assertThat(state.tryNow(later)).isTrue();
    assertThat(state.tryNow(later)).as("that one is fresh").isFalse();
  }

  @Test
  void waitsLongerEachTimeUntilItRanWell() {
    var backOff = new BackOff();

    assertThat(backOff.next(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    assertThat(backOff.next(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      var _ = backOff.next(Duration.ofSeconds(59));
    }
    assertThat(backOff.next(Duration.ZERO)).isEqualTo(Duration.ofSeconds(30));
    assertThat(backOff.next(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void prolongsThePauseAfterAProbeAndKeepsItsBeginning() {
    var state = new PauseState();
    var _ = state.down("down", Duration.ofSeconds(10), NOW);
    var _ = state.tryNow(NOW.plusSeconds(10));

    assertThat(state.down("still down", Duration.ofSeconds(10), NOW.plusSeconds(11))).isFalse();

    assertThat(state.current())
        .contains(new StageStatus.Pause("still down", NOW, NOW.plusSeconds(21)));
    assertThat(state.up()).isPresent();
    assertThat(state.up()).isEmpty();
  }

  @Test
  void opensTheBreakerAtABurstOnly() {
    var policy = new DeadLetterBreaker.Policy(3, Duration.ofSeconds(60), Duration.ofSeconds(60));
    var breaker = new DeadLetterBreaker("fetcher", policy);

    assertThat(breaker.record(NOW)).isFalse();
    assertThat(breaker.record(NOW.plusSeconds(50))).isFalse();
    assertThat(breaker.record(NOW.plusSeconds(100))).isFalse(); // the first is too old
    assertThat(breaker.record(NOW.plusSeconds(101))).isTrue();
    assertThat(breaker.record(NOW.plusSeconds(102))).isFalse();
  }

  @Test
  void aPauseOfTheBreakerEndsInTimeOrWhenItIsAcknowledged() {
    var policy = new DeadLetterBreaker.Policy(2, Duration.ofSeconds(60), Duration.ofSeconds(60));
    var breaker = new DeadLetterBreaker("fetcher", policy);
    for (int i = 0; i < 2; i++) {
      breaker.record(NOW);
    }
    var pause =
        new StageStatus.Pause(
            "2 dead letters within 60 s: see modgate dead-letters list", NOW, NOW.plusSeconds(60));

    assertThat(breaker.pause(NOW.plusSeconds(59))).contains(pause);
    assertThat(breaker.pause(NOW.plusSeconds(60))).isEmpty();
    for (int i = 0; i < 3; i++) {
      breaker.record(NOW.plusSeconds(100));
    }
    assertThat(breaker.pause(NOW.plusSeconds(100))).isPresent();
    breaker.acknowledge(NOW.plusSeconds(101));
    assertThat(breaker.pause(NOW.plusSeconds(101))).isEmpty();
    assertThat(breaker.record(NOW.plusSeconds(102))).as("counted anew").isFalse();
  }

  @Test
  void aPauseThatSomebodyEndsIsTriedAtOnce() {
    var state = new PauseState();
    state.tryAtOnce(NOW);
    assertThat(state.current()).isEmpty();
    state.down("away", Duration.ofMinutes(5), NOW);
    assertThat(state.mayTry(NOW.plusSeconds(1))).isFalse();

    state.tryAtOnce(NOW.plusSeconds(1));

    assertThat(state.tryNow(NOW.plusSeconds(1))).isTrue();
    assertThat(state.current()).contains(new StageStatus.Pause("away", NOW, NOW.plusSeconds(1)));
  }

  @Test
  void aPausedStageLivesAndOneWithoutATurnOrWithAnEndlessItemIsStuck() {
    var health = new StageHealth();
    Instant now = SteadyClock.now();
    health.turned(now);
    assertThat(health.stuck(now.plus(StageHealth.SILENT))).isEmpty();
    assertThat(health.stuck(now.plus(StageHealth.SILENT).plusMillis(1)))
        .hasValueSatisfying(why -> assertThat(why).contains("no turn for 60 s"));
    health.holds(1, new Window(1, 1), now);
    health.is(
        StageStatus.State.PAUSED, List.of(new StageStatus.Pause("away", now, now.plusSeconds(1))));

    Instant later = now.plus(StageHealth.LONGEST_ITEM).plusSeconds(10);
    health.turned(later);
    assertThat(health.stuck(later)).as("it pauses").isEmpty();
    health.is(StageStatus.State.RUNNING, List.of());
    Instant latest = later.plus(StageHealth.LONGEST_ITEM).plusSeconds(10);
    health.turned(latest);

    assertThat(health.stuck(latest))
        .hasValueSatisfying(why -> assertThat(why).contains("worked on for 360 min"));
  }

  @Test
  void aWallClockThatJumpsChangesNoWaitAndIsShownAll() {
    var wall = new AtomicReference<>(NOW);
    var nanos = new AtomicLong(7);
    var clock = new SteadyClock(wall::get, nanos::get);
    Instant until = clock.instant().plusSeconds(60);

    wall.set(NOW.plusSeconds(36_000)); // by somebody who sets it
    nanos.addAndGet(10_000_000_000L);

    assertThat(Duration.between(clock.instant(), until)).isEqualTo(Duration.ofSeconds(50));
    assertThat(clock.onTheWall(until)).isEqualTo(NOW.plusSeconds(36_050));
    wall.set(NOW.minusSeconds(36_000));
    assertThat(Duration.between(clock.instant(), until)).isEqualTo(Duration.ofSeconds(50));
    assertThat(clock.onTheWall(until)).isEqualTo(NOW.minusSeconds(35_950));
  }

  @Test
  void staysInTheTraceOfTheRecordAndBeginsOneWhereThereIsNone() {
    String given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    var with = new RecordHeaders().add("traceparent", given.getBytes(StandardCharsets.US_ASCII));
    var bad = new RecordHeaders().add("traceparent", "00-x".getBytes(StandardCharsets.US_ASCII));

    assertThat(TraceParent.following(with)).startsWith(given.substring(0, 36)).isNotEqualTo(given);
    assertThat(TraceParent.following(bad)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
  }
}
