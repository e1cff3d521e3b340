package dev.modgate.watcher.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.database.OnEachDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class PurgeTest extends OnEachDatabase {
  private static final Duration EVERY = Duration.ofHours(6);
  private static final Duration LONG = Duration.ofDays(2);

  @Test
  void theFirstLookOnlySaysWhenTheFirstPurgeIsDue() {
    Purge purge = purge(rule("things", 0));

    assertThat(purge.purgeIfDue(() -> true)).isEmpty();

    watcher.clock.advance(LONG);
    assertThat(purge.purgeIfDue(() -> true)).contains(Map.of("things", 0L));
  }

  @Test
  void purgesInBatchesUntilNothingIsLeftAndCounts() {
    Purge purge = due(rule("things", 3), rule("others", 1));

    assertThat(purge.purgeIfDue(() -> true)).contains(Map.of("things", 30L, "others", 10L));

    assertThat(purge.purgeIfDue(() -> true)).as("not due").isEmpty();
    watcher.clock.advance(LONG);
    assertThat(purge.purgeIfDue(() -> true)).isPresent();
    assertThat(new PurgeCounts(watcher.jdbc).all().get("things"))
        .isEqualTo(new PurgeCounts.Count(30, 60, watcher.clock.instant()));
  }

  @Test
  void oneWatcherPurgesAtATime() {
    Purge other = purge(rule("things", 1));
    Purge purge =
        due(
            walking(
                "things", new int[] {1}, () -> assertThat(other.purgeIfDue(() -> true)).isEmpty()));

    assertThat(purge.purgeIfDue(() -> true)).contains(Map.of("things", 10L));
  }

  @Test
  void whoIsKilledLeavesItsTurnToTheNext() {
    due();
    Instant now = watcher.clock.instant();
    Optional<String> killed = turn().take(now, EVERY);

    assertThat(killed).isPresent();
    assertThat(turn().take(now, EVERY)).isEmpty();
    Optional<String> next = turn().take(now.plus(Duration.ofMinutes(11)), EVERY);
    assertThat(next).isPresent();
    assertThat(turn().renew(killed.orElseThrow(), now)).as("it lost its turn").isFalse();
    assertThat(turn().renew(next.orElseThrow(), now)).isTrue();
  }

  @Test
  void whoLosesItsTurnStops() {
    Purge purge =
        due(
            walking(
                "things",
                new int[] {5},
                () -> watcher.jdbc.update("update purge_turn set lease = 'of another'")),
            rule("others", 1));

    assertThat(purge.purgeIfDue(() -> true)).contains(Map.of("things", 10L));

    assertThat(new PurgeCounts(watcher.jdbc).all()).isEmpty();
  }

  @Test
  void oneThatIsStoppedGoesOnAtTheNextStart() {
    Purge purge = due(rule("things", 5), rule("others", 1));

    assertThat(purge.purgeIfDue(() -> false)).contains(Map.of("things", 10L));

    assertThat(purge.purgeIfDue(() -> true)).contains(Map.of("things", 50L, "others", 10L));
  }

  @Test
  void aRuleThatFailsKeepsNoOtherFromItsTurn() {
    RetentionRule failing =
        walking(
            "things",
            new int[] {5},
            () -> {
              throw new QueryTimeoutException("locked by others");
            });

    assertThat(due(failing, rule("others", 1)).purgeIfDue(() -> true))
        .contains(Map.of("things", 0L, "others", 10L));
  }

  @Test
  void aPersonMakesItDue() {
    Purge purge = purge(rule("things", 1));
    turn().hasten(watcher.clock.instant());

    assertThat(purge.purgeIfDue(() -> true)).isPresent();
    assertThat(turn().next())
        .hasValueSatisfying(next ->
            assertThat(next)
                .isBetween(
                    watcher.clock.instant().plus(EVERY.multipliedBy(4).dividedBy(5)),
                    watcher.clock.instant().plus(EVERY.multipliedBy(6).dividedBy(5))));
  }

  private PurgeTurn turn() {
    return new PurgeTurn(watcher.jdbc);
  }

  private Purge due(RetentionRule... rules) {
    turn().hasten(watcher.clock.instant());
    return purge(rules);
  }

  private Purge purge(RetentionRule... rules) {
    return new Purge(
        watcher.transaction,
        List.of(rules),
        turn(),
        new PurgeCounts(watcher.jdbc),
        new Purge.Times(EVERY, watcher.clock, new Random(1)));
  }

  private static RetentionRule rule(String what, int batches) {
    return walking(what, new int[] {batches}, () -> {});
  }

  /// Deletes ten rows a batch, and does something else besides in the first.
  private static RetentionRule walking(String what, int[] batches, Runnable besides) {
    return new RetentionRule() {
      @Override
      public String what() {
        return what;
      }

      @Override
      public Duration keep() {
        return Duration.ofDays(1);
      }

      @Override
      public Walk walk(Instant before) {
        assertThat(ModuleRows.time(before)).isNotNull();
        int[] left = {batches[0]};
        return () -> {
          if (left[0] == batches[0]) {
            besides.run();
          }
          return left[0]-- > 0 ? OptionalInt.of(10) : OptionalInt.empty();
        };
      }
    };
  }
}
