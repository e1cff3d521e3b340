package dev.modgate.watcher.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/// Deletes what is older than its rule keeps it.
final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

  private final TransactionTemplate transaction;
  private final List<RetentionRule> rules;
  private final PurgeTurn turn;
  private final PurgeCounts counts;
  private final Times times;

  /// @param every how long from one purge to the next
  record Times(Duration every, Clock clock, RandomGenerator random) {
    /// Several watchers, and several installations on one machine, come at different times.
    Duration jittered() {
      return every.multipliedBy(80 + random.nextInt(41)).dividedBy(100);
    }

    Duration first() {
      return every.multipliedBy(1 + random.nextInt(10)).dividedBy(100);
    }

    Instant now() {
      return clock.instant();
    }
  }

  Purge(
      TransactionTemplate transaction,
      List<RetentionRule> rules,
      PurgeTurn turn,
      PurgeCounts counts,
      Times times) {
    this.transaction = transaction;
    this.rules = List.copyOf(rules);
    this.turn = turn;
    this.counts = counts;
    this.times = times;
  }

  List<RetentionRule> rules() {
    return rules;
  }

  /// Purges when it is due and no other watcher does it.
  ///
  /// @param goOn asked between two batches; may wait a little, so that others get their turn
  /// @return deleted rows by rule; empty where there was no turn
  Optional<Map<String, Long>> purgeIfDue(BooleanSupplier goOn) {
    Optional<String> lease = turn.take(times.now(), times.first());
    if (lease.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> deleted = new LinkedHashMap<>();
    boolean ours = true;
    for (RetentionRule rule : rules) {
      if (ours) {
        ours = apply(rule, lease.get(), goOn, deleted);
      }
    }
    Instant now = times.now();
    turn.end(lease.get(), ours ? now.plus(times.jittered()) : now);
    tell(deleted);
    return Optional.of(deleted);
  }

  /// A rule that fails does not keep the others from theirs.
  ///
  /// @return whether to go on with the next rule
  private boolean apply(
      RetentionRule rule, String lease, BooleanSupplier goOn, Map<String, Long> deleted) {
    RetentionRule.Walk walk = rule.walk(times.now().minus(rule.keep()));
    long rows = 0;
    Step step;
    do {
      step = step(rule, walk, lease);
      rows += step instanceof Step.Deleted(int some) ? some : 0;
    } while (step instanceof Step.Deleted && goOn.getAsBoolean());
    deleted.put(rule.what(), rows);
    if (step instanceof Step.Lost) {
      return false;
    }
    counts.note(rule.what(), rows, times.now());
    return !(step instanceof Step.Deleted); // else it is to end
  }

  private sealed interface Step {
    record Deleted(int rows) implements Step {}

    record End() implements Step {}

    /// Another watcher took the turn, because ours took too long.
    record Lost() implements Step {}
  }

  private Step step(RetentionRule rule, RetentionRule.Walk walk, String lease) {
    try {
      Step step =
          transaction.execute(_ -> {
            if (!turn.renew(lease, times.now())) {
              return new Step.Lost();
            }
            OptionalInt some = walk.deleteSome();
            return some.isEmpty() ? new Step.End() : new Step.Deleted(some.getAsInt());
          });
      return step == null ? new Step.End() : step;
    } catch (DataAccessException e) {
      LOG.warn("old {} are left for the next purge: {}", rule.what(), e.toString());
      return new Step.End();
    }
  }

  private static void tell(Map<String, Long> deleted) {
    if (deleted.values().stream().anyMatch(rows -> rows > 0)) {
      LOG.info(
          "purged what is older than it is kept: {}",
          deleted.entrySet().stream()
              .filter(rule -> rule.getValue() > 0)
              .map(rule -> rule.getValue() + " of " + rule.getKey())
              .collect(Collectors.joining(", ")));
    }
  }
}
