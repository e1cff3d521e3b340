package dev.modgate.verifier.sumdb;

import dev.modgate.gomod.sumdb.Misbehaviour;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what a database did wrong, as `modgate.security.events` of the kinds `sumdb-forged`,
/// `sumdb-fork` and `sumdb-rollback`, and decides when that stops everybody. An answer that is no
/// answer of a database at all is only logged: a web page on the way is no attack.
final class Misconduct {
  private static final Logger log = LoggerFactory.getLogger(Misconduct.class);

  /// A mirror that is behind another one looks for a while as if the database had gone back.
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /// What was not seen for so long has begun anew.
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private final Map<String, Counter> counters;
  private @Nullable Instant firstRollback;
  private @Nullable Instant lastRollback;

  Misconduct(MeterRegistry registry) {
    counters =
        Map.of(
            "sumdb-forged", counter(registry, "sumdb-forged"),
            "sumdb-fork", counter(registry, "sumdb-fork"),
            "sumdb-rollback", counter(registry, "sumdb-rollback"));
  }

  private static Counter counter(MeterRegistry registry, String kind) {
    return Counter.builder("modgate.security.events")
        .description("refusals because somebody may have changed bytes")
        .tag("stage", "verify")
        .tag("kind", kind)
        .register(registry);
  }

  /// @return whether a person has to decide how to go on
  boolean stops(Misbehaviour misbehaviour, Instant now) {
    return switch (misbehaviour) {
      case Misbehaviour.Malformed m -> {
        log.warn("{}", m.sentence());
        yield false;
      }
      case Misbehaviour.Forged _, Misbehaviour.WrongRecord _ -> {
        count("sumdb-forged", misbehaviour);
        yield false;
      }
      case Misbehaviour.Fork _ -> {
        count("sumdb-fork", misbehaviour);
        yield true;
      }
      case Misbehaviour.Rollback _ -> {
        count("sumdb-rollback", misbehaviour);
        yield stays(now);
      }
    };
  }

  /// Notes that the database has all that it had signed.
  synchronized void whole() {
    firstRollback = null;
    lastRollback = null;
  }

  private synchronized boolean stays(Instant now) {
    if (firstRollback == null
        || lastRollback == null
        || now.isAfter(lastRollback.plus(FORGOTTEN))) {
      firstRollback = now;
    }
    lastRollback = now;
    return !now.isBefore(firstRollback.plus(PATIENCE));
  }

  private void count(String kind, Misbehaviour misbehaviour) {
    Counter counter = counters.get(kind);
    if (counter != null) {
      counter.increment();
    }
    log.error("security: {}", misbehaviour.sentence());
  }
}
