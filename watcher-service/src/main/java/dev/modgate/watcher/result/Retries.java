package dev.modgate.watcher.result;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Want;
import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.claim.Origins;
import dev.modgate.watcher.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Asks again for what was deferred, when its time has come and a sync still wants it.
public final class Retries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
  private static final int BATCH = 200;
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final ModuleRows modules;
  private final Claims claims;
  private final Outbox outbox;
  private final Timeline timeline;
  private final Clock clock;
  private String told = "";
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("retries").factory());

  public Retries(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Claims claims,
      Outbox outbox,
      Timeline timeline,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.modules = modules;
    this.claims = claims;
    this.outbox = outbox;
    this.timeline = timeline;
    this.clock = clock;
  }

  public void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      askAgain();
      told = "";
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("deferred modules are not asked for again yet: {}", e.toString());
    } catch (RuntimeException e) { // a timer drops a task that throws
      if (!e.toString().equals(told)) {
        told = e.toString();
        LOG.error("deferred modules are not asked for again yet", e);
      }
    } catch (Error e) {
      Fatal.halt("the timer of deferred modules", e);
    }
  }

  /// @return how many were asked for
  int askAgain() {
    Integer asked = transaction.execute(_ -> askBatch());
    outbox.wakeRelay();
    return asked == null ? 0 : asked;
  }

  private int askBatch() {
    Instant now = clock.instant();
    List<ModuleRows.Key> due =
        jdbc.query(
            "select path, version, want from module where state = 'deferred' and next_try <= ?"
                + " order by next_try limit "
                + BATCH,
            (row, _) ->
                new ModuleRows.Key(
                    ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
                    Want.valueOf(row.getString(3))),
            ModuleRows.time(now));
    Map<ModuleRows.Key, ModuleRow> rows =
        modules.lock(due.stream().map(ModuleRows.Key::module).toList());
    Map<ModuleRows.Key, ModuleRow> locked = new HashMap<>();
    var again = new ArrayList<ModuleRow>();
    var requests = new ArrayList<ModuleRequested>();
    var entries = new ArrayList<Timeline.Entry>();
    for (ModuleRows.Key key : due) {
      ModuleRow row = rows.get(key);
      if (row == null || row.state() != ModuleState.DEFERRED) {
        continue; // a sync asked for it meanwhile
      }
      if (claims.openSyncsOf(List.of(key.module())).isEmpty() && withdraw(key, now)) {
        continue;
      }
      Origins origins = claims.originsOf(key.module());
      ModuleRow asked = row.askedAgain();
      locked.put(key, row);
      again.add(asked);
      entries.add(Asked.now(asked, sentence(row), now).entry());
      requests.add(
          new ModuleRequested(
              asked.request(), key.module(), key.want(), origins.carried(), origins.count()));
    }
    modules.request(again, locked, now);
    outbox.add(requests, Outbox.BACKGROUND);
    timeline.add(entries);
    return again.size();
  }

  /// Nobody waits for it any more. What was inside once, and what no sync ever brought, is asked
  /// for to mend something.
  ///
  /// @return whether it is withdrawn
  private boolean withdraw(ModuleRows.Key key, Instant now) {
    return jdbc.update(
            "update module set state = ?, next_try = null, updated_at = ?"
                + " where path = ? and version = ? and want = ?"
                + " and zip_hash is null and go_mod_hash is null and brought_by is not null",
            ModuleState.WITHDRAWN.wireName(),
            ModuleRows.time(now),
            key.module().path().value(),
            key.module().version().toString(),
            key.want().name())
        > 0;
  }

  private static String sentence(ModuleRow row) {
    return "asked again after it was put off"
        + (row.deferrals() > 1 ? ", " + row.deferrals() + " times in a row" : "");
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
