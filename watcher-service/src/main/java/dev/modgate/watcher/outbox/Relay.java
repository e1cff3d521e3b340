package dev.modgate.watcher.outbox;

import dev.modgate.gomod.quote.Plain;
import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.database.AwayException;
import dev.modgate.watcher.pause.OwnPauses;
import dev.modgate.watcher.pause.OwnPauses.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Sends what the outbox holds, on a thread of its own.
public final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BATCH = 500;
  private static final int RESENT_AT_ONCE = 100;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(30);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Supplier<Producer<String, byte[]>> producers;
  private final String topic;
  private final Limits limits;
  private final Pauses pauses;
  private final OwnPauses ownPauses;
  private final Overdue overdue;
  private final Clock clock;
  private final Semaphore work = new Semaphore(1);
  private final Thread thread = new Thread(this::run, "outbox-relay");
  private volatile boolean closed;

  /// @param mostUnanswered requests that are sent and wait for an answer
  /// @param resendAfter so long without an answer while no stage pauses, and a request is sent
  ///   again
  public record Limits(int mostUnanswered, Duration resendAfter) {}

  public Relay(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      Supplier<Producer<String, byte[]>> producers,
      String topic,
      Limits limits,
      Pauses pauses,
      OwnPauses ownPauses,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.producers = producers;
    this.topic = topic;
    this.limits = limits;
    this.pauses = pauses;
    this.ownPauses = ownPauses;
    this.overdue = new Overdue(limits.resendAfter());
    this.clock = clock;
  }

  public void start() {
    thread.start();
  }

  /// There is something to send.
  public void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  private void run() {
    while (!closed) {
      try {
        var _ = work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
        while (!closed && sendSome() >= BATCH) {
          // more may wait
        }
        ownPauses.ended(Cause.OUTBOX);
      } catch (InterruptedException | InterruptException e) {
        return; // closed
      } catch (RuntimeException e) {
        failed(e);
      } catch (Error e) {
        Fatal.halt("the outbox relay", e);
      }
    }
  }

  private record Row(long id, String path, String payload) {}

  /// The rows stay locked until the broker has them, so that a second relay takes others.
  ///
  /// @return how many
  int sendSome() {
    Integer sent =
        transaction.execute(_ -> {
          List<Row> rows = next();
          awaitAcknowledged(rows);
          Object now = time(clock.instant());
          jdbc.batchUpdate(
              "update outbox set sent_at = ? where id = ?",
              rows.stream().map(row -> new Object[] {now, row.id()}).toList());
          return rows.size();
        });
    return sent == null ? 0 : sent;
  }

  private List<Row> next() {
    Instant now = clock.instant();
    Integer unanswered =
        jdbc.queryForObject(
            "select count(*) from outbox where sent_at >= ?", Integer.class, time(Instant.EPOCH));
    int room = Math.min(BATCH, limits.mostUnanswered() - (unanswered == null ? 0 : unanswered));
    var rows = new ArrayList<Row>();
    overdue
        .before(now, pauses.any())
        .ifPresent(before -> rows.addAll(lock("sent_at < ?", RESENT_AT_ONCE, time(before))));
    if (room > 0) {
      rows.addAll(lock("sent_at is null", room));
    }
    return rows;
  }

  /// Looks without a lock and locks by id then: H2 locks all that it reads before it sorts, all
  /// unsent rows in one query, and would leave a second relay nothing.
  private List<Row> lock(String condition, int limit, Object... arguments) {
    var rows = new ArrayList<Row>();
    for (int offset = 0; rows.size() < limit; offset += limit) {
      List<Long> candidates =
          jdbc.queryForList(
              "select id from outbox where "
                  + condition
                  + " order by sent_at, priority, id limit " // as in the index
                  + limit
                  + " offset "
                  + offset,
              Long.class,
              arguments);
      if (candidates.isEmpty()) {
        break;
      }
      lock(candidates, condition, arguments).stream().limit(limit - rows.size()).forEach(rows::add);
    }
    return rows;
  }

  private List<Row> lock(List<Long> ids, String condition, Object... arguments) {
    var all = new ArrayList<Object>(ids);
    all.addAll(List.of(arguments));
    return jdbc.query(
        "select id, path, payload from outbox where id in ("
            + String.join(",", Collections.nCopies(ids.size(), "?"))
            + ") and "
            + condition
            + " order by priority, id for update skip locked",
        (row, _) -> new Row(row.getLong(1), row.getString(2), row.getString(3)),
        all.toArray());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private void awaitAcknowledged(List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Producer<String, byte[]> producer = producers.get();
    var sent = new ArrayList<Future<RecordMetadata>>(rows.size());
    for (Row row : rows) {
      byte[] value = row.payload().getBytes(StandardCharsets.UTF_8);
      sent.add(producer.send(new ProducerRecord<>(topic, row.path(), value)));
    }
    producer.flush();
    for (Future<RecordMetadata> acknowledged : sent) {
      try {
        acknowledged.get(ACKNOWLEDGED_WITHIN.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new KafkaException("the broker did not take a request", e);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
    }
  }

  private void failed(RuntimeException e) {
    if (AwayException.reason(e).isEmpty()) { // else that pause is told already
      if (!waits(e) && ownPauses.of(Cause.OUTBOX) == null) {
        LOG.error("requests wait in the outbox", e); // a bug
      }
      String why = Plain.of(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
      ownPauses.lasts(Cause.OUTBOX, "requests wait in the outbox: " + why, IDLE);
    }
    work.drainPermits();
  }

  private static boolean waits(RuntimeException e) {
    return e instanceof KafkaException
        || e instanceof DataAccessException
        || e instanceof TransactionException;
  }

  @Override
  public void close() {
    closed = true;
    wake();
    try {
      thread.join(ACKNOWLEDGED_WITHIN.toMillis()); // also where it was never started
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
