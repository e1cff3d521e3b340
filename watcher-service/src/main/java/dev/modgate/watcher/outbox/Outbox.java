package dev.modgate.watcher.outbox;

import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.watcher.insert.ManyRows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `outbox` table.
public final class Outbox {
  /// A person waits.
  public static final int INTERACTIVE = 0;

  /// Nobody does.
  public static final int BACKGROUND = 10;

  private static final ManyRows ROWS =
      new ManyRows("outbox", "priority, request_id, attempt, path, payload");

  private final JdbcTemplate jdbc;
  private final Runnable wake;

  /// @param wake tells the relay that there is something to send
  public Outbox(JdbcTemplate jdbc, Runnable wake) {
    this.jdbc = jdbc;
    this.wake = wake;
  }

  /// To be sent once this transaction is committed, in place of earlier attempts.
  public void add(Collection<ModuleRequested> requests, int priority) {
    answered(
        requests.stream()
            .map(ModuleRequested::request)
            .filter(request -> request.attempt() > 1)
            .toList());
    ROWS.write(
        jdbc,
        List.copyOf(requests),
        request ->
            new Object[] {
              priority,
              request.request().id(),
              request.request().attempt(),
              request.module().path().value(),
              new String(EventJson.write(request), StandardCharsets.UTF_8)
            });
  }

  /// A request that somebody else sent in this transaction, and that waits for an answer: without
  /// one it is sent again, as any other.
  public void addSent(ModuleRequested request, int priority, Instant now) {
    answered(List.of(request.request()));
    add(List.of(request), priority);
    jdbc.update(
        "update outbox set sent_at = ? where request_id = ?",
        now.atOffset(ZoneOffset.UTC),
        request.request().id());
  }

  /// What is not sent yet is sent as soon as this priority says.
  public void hurry(List<RequestId> requests, int priority) {
    jdbc.batchUpdate(
        "update outbox set priority = ? where request_id = ? and sent_at is null and priority > ?",
        requests.stream().map(it -> new Object[] {priority, it.id(), priority}).toList());
  }

  /// Call after the commit.
  public void wakeRelay() {
    wake.run();
  }

  /// Takes these requests off, whatever attempt was sent.
  public void answered(List<RequestId> requests) {
    jdbc.batchUpdate(
        "delete from outbox where request_id = ? and attempt <= ?",
        requests.stream().map(request -> new Object[] {request.id(), request.attempt()}).toList());
  }

  /// Requests that are not sent yet, and those that wait for an answer.
  public record Backlog(long unsent, long unanswered) {}

  public Backlog backlog() {
    Backlog backlog =
        jdbc.queryForObject(
            "select count(*) - count(sent_at), count(sent_at) from outbox",
            (row, _) -> new Backlog(row.getLong(1), row.getLong(2)));
    return backlog == null ? new Backlog(0, 0) : backlog;
  }
}
