package dev.modgate.watcher.hook.delivery;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.StoredSentence;
import dev.modgate.watcher.run.Runs;
import dev.modgate.watcher.run.Tip;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The `delivery` table: takes deliveries, each once.
public final class Deliveries {
  /// Hosts give up after 10 s.
  private static final Duration TRY_FOR = Duration.ofSeconds(8);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Runs runs;
  private final Duration gather;
  private final Clock clock;

  /// @param gather how long a new run waits for more of its repository
  public Deliveries(
      JdbcTemplate jdbc, TransactionTemplate transaction, Runs runs, Duration gather, Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.runs = runs;
    this.gather = gather;
    this.clock = clock;
  }

  /// @param id of the first delivery, where it was seen before
  /// @param run that reads it
  /// @param coalesced whether that run waited already
  public record Taken(
      String id,
      Verdict verdict,
      String sentence,
      Optional<String> run,
      boolean coalesced,
      boolean seenBefore) {}

  /// Writes it and what is to be read in one transaction: all of it is durable when this returns,
  /// or nothing happened. What was seen before is counted there, and nothing else; only what was
  /// left then and is to be read now is read, under the id of the first.
  ///
  /// @throws DataAccessException when the database did not take it in time
  public Taken take(Delivery delivery) {
    long began = System.nanoTime();
    while (true) {
      try {
        Taken taken = Objects.requireNonNull(transaction.execute(_ -> takeNow(delivery)));
        if (taken.run().isPresent() && !taken.seenBefore()) {
          runs.wakeWorkers();
        }
        return taken;
      } catch (DuplicateKeyException | TransientDataAccessException e) {
        // the same delivery, or another of its repository, was written at this moment
        if (System.nanoTime() - began > TRY_FOR.toNanos()) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /// When something authentic came last from a source.
  public Optional<Instant> lastOf(String source) {
    return Optional.ofNullable(
            jdbc.queryForObject(
                "select max(received_at) from delivery where source = ? and authentic"
                    + " and redelivery_of is null",
                OffsetDateTime.class,
                source))
        .map(OffsetDateTime::toInstant);
  }

  /// At random, so that those who met here do not meet again.
  private static void pause(DataAccessException met) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(2, 40));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw met;
    }
  }

  private Taken takeNow(Delivery delivery) {
    Optional<Taken> before =
        delivery.origin().identity().flatMap(same -> seen(delivery.origin().source(), same));
    if (before.isPresent()) {
      return again(before.get(), delivery);
    }
    String id = UUID.randomUUID().toString();
    return switch (delivery.outcome()) {
      case Delivery.Outcome.Read read -> {
        Taken taken = begin(id, read);
        write(taken, delivery, read.repository().name());
        yield taken;
      }
      case Delivery.Outcome.Leave(var verdict, var sentence) -> {
        var taken = new Taken(id, verdict, sentence, Optional.empty(), false, false);
        write(
            taken, delivery, delivery.content().flatMap(Delivery.Content::repository).orElse(null));
        yield taken;
      }
    };
  }

  private Taken begin(String id, Delivery.Outcome.Read read) {
    Runs.Noticed noticed = runs.notice(read.repository(), read.by(), read.tips(), gather);
    return new Taken(
        id,
        Verdict.ACCEPTED,
        noticed.coalesced()
            ? read.sentence() + ", by the run of this repository that waited already"
            : read.sentence(),
        Optional.of(noticed.run()),
        noticed.coalesced(),
        false);
  }

  private Taken again(Taken first, Delivery delivery) {
    jdbc.update(
        "update delivery set repeats = repeats + 1, last_repeat_at = ? where id = ?",
        ModuleRows.time(clock.instant()),
        first.id());
    Taken now = query("id = ?", first.id()).orElse(first); // its row is locked from here on
    return now.verdict().depends() && delivery.outcome() instanceof Delivery.Outcome.Read read
        ? readAfterAll(begin(now.id(), read), delivery, read.repository().name())
        : now;
  }

  private Taken readAfterAll(Taken taken, Delivery delivery, String repository) {
    jdbc.update(
        "update delivery set verdict = ?, sentence = ?, repository = ?, run_id = ?, coalesced = ?"
            + " where id = ?",
        taken.verdict().wireName(),
        StoredSentence.of(taken.sentence()),
        repository,
        taken.run().orElse(null),
        taken.coalesced(),
        taken.id());
    jdbc.update("delete from delivery_ref where delivery_id = ?", taken.id());
    writeRefs(taken.id(), delivery);
    return taken;
  }

  private Optional<Taken> seen(String source, Delivery.Identity same) {
    if (same.within().isPresent()) {
      forget(source, same.sameAs(), clock.instant().minus(same.within().get()));
    }
    return query("source = ? and same_as = ?", source, same.sameAs());
  }

  /// What was read since may be what it goes back from.
  private void forget(String source, String sameAs, Instant before) {
    jdbc.update(
        "update delivery set same_as = null where source = ? and same_as = ? and (received_at < ?"
            + " or exists (select 1 from delivery n where n.source = delivery.source"
            + " and n.id <> delivery.id and n.run_id is not null"
            + " and n.received_at >= delivery.received_at))",
        source,
        sameAs,
        ModuleRows.time(before));
  }

  private Optional<Taken> query(String condition, Object... arguments) {
    return jdbc
        .query(
            "select id, verdict, sentence, run_id, coalesced from delivery where " + condition,
            (row, _) ->
                new Taken(
                    row.getString("id"),
                    Verdict.ofWireName(row.getString("verdict")).orElseThrow(),
                    row.getString("sentence"),
                    Optional.ofNullable(row.getString("run_id")),
                    row.getBoolean("coalesced"),
                    true),
            arguments)
        .stream()
        .findFirst();
  }

  private void write(Taken taken, Delivery delivery, @Nullable String repository) {
    Delivery.Origin origin = delivery.origin();
    jdbc.update(
        "insert into delivery (id, source, verdict, sentence, authentic, event, repository,"
            + " host_delivery, same_as, body_sha256, body_bytes, run_id, coalesced,"
            + " redelivery_of, received_at) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        taken.id(),
        origin.source(),
        taken.verdict().wireName(),
        StoredSentence.of(taken.sentence()),
        taken.verdict().authentic(),
        delivery.content().map(Delivery.Content::event).orElse(null),
        repository,
        origin.identity().flatMap(Delivery.Identity::hostId).orElse(null),
        origin.identity().map(Delivery.Identity::sameAs).orElse(null),
        origin.bodySha256().orElse(null),
        origin.bodyBytes(),
        taken.run().orElse(null),
        taken.coalesced(),
        origin.redeliveryOf().orElse(null),
        ModuleRows.time(clock.instant()));
    writeRefs(taken.id(), delivery);
  }

  private void writeRefs(String id, Delivery delivery) {
    jdbc.batchUpdate(
        "insert into delivery_ref (delivery_id, ref, commit_id) values (?,?,?)",
        delivery.content().stream()
            .flatMap(content -> content.tips().stream())
            .map(tip -> row(id, tip))
            .toList());
  }

  private static @Nullable Object[] row(String id, Tip tip) {
    return new @Nullable Object[] {id, tip.ref(), tip.commit().orElse(null)};
  }
}
