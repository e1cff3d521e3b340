package dev.modgate.watcher.sync;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.plan.Closure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `walk` table: syncs whose module graph is walked.
public final class Walks {
  /// One who walks for longer has died.
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final JdbcTemplate jdbc;

  public Walks(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// In the transaction that writes the sync.
  void begin(String sync, List<Closure> closures, Instant now) {
    if (!closures.isEmpty()) {
      jdbc.update(
          "insert into walk (sync_id, closures, due_at) values (?,?,?)",
          sync,
          EventJson.mapper().writeValueAsString(closures),
          ModuleRows.time(now));
    }
  }

  /// Something changed for these modules: those who wait for one of them look again.
  public void wake(Collection<ModuleVersion> modules, Instant now) {
    var syncs = new TreeSet<String>(); // in one order
    for (ModuleVersion module : modules) {
      syncs.addAll(
          jdbc.queryForList(
              "select w.sync_id from sync_item i join walk w on w.sync_id = i.sync_id"
                  + " where i.path = ? and i.version = ? and w.ended_at is null"
                  + " and w.due_at is null",
              String.class,
              module.path().value(),
              module.version().toString()));
    }
    syncs.forEach(sync ->
        jdbc.update(
            "update walk set due_at = ? where sync_id = ? and ended_at is null and due_at is null",
            ModuleRows.time(now),
            sync));
  }

  /// A walk whose turn it is, for one worker.
  ///
  /// @param rounds how often it asked for more
  public record Leased(String sync, String lease, List<Closure> closures, int rounds) {
    public Leased {
      closures = List.copyOf(closures);
    }
  }

  /// What changes from now on makes it due again.
  public Optional<Leased> lease(Instant now) {
    String due =
        " ended_at is null and (due_at <= ? and lease is null or lease is not null and"
            + " leased_until < ?)";
    for (String sync :
        jdbc.queryForList(
            "select sync_id from walk where" + due + " order by due_at limit 10",
            String.class,
            ModuleRows.time(now),
            ModuleRows.time(now))) {
      String lease = UUID.randomUUID().toString();
      int taken =
          jdbc.update(
              "update walk set lease = ?, leased_until = ?, due_at = null where sync_id = ? and"
                  + due,
              lease,
              ModuleRows.time(now.plus(LEASE)),
              sync,
              ModuleRows.time(now),
              ModuleRows.time(now));
      if (taken == 1) {
        return jdbc
            .query(
                "select closures, rounds from walk where sync_id = ?",
                (row, _) ->
                    new Leased(
                        sync,
                        lease,
                        List.of(EventJson.mapper().readValue(row.getString(1), Closure[].class)),
                        row.getInt(2)),
                sync)
            .stream()
            .findFirst();
      }
    }
    return Optional.empty();
  }

  /// The row of a sync's walk, if it has one, is locked until the transaction ends.
  void lock(String sync) {
    jdbc.queryForList("select sync_id from walk where sync_id = ? for update", String.class, sync);
  }

  /// Whether the lease is still held; the row is locked then until the transaction ends.
  boolean lock(Leased walk) {
    return !jdbc.queryForList(
            "select sync_id from walk where sync_id = ? and lease = ? and ended_at is null"
                + " for update",
            String.class,
            walk.sync(),
            walk.lease())
        .isEmpty();
  }

  /// It waits for answers, or for its next turn.
  public void release(Leased walk, boolean asked) {
    jdbc.update(
        "update walk set lease = null, leased_until = null, rounds = rounds + ?"
            + " where sync_id = ? and lease = ?",
        asked ? 1 : 0,
        walk.sync(),
        walk.lease());
  }

  /// It failed, and is tried again.
  public void later(Leased walk, Instant due) {
    jdbc.update(
        "update walk set lease = null, leased_until = null,"
            + " due_at = case when due_at < ? then due_at else ? end"
            + " where sync_id = ? and lease = ?",
        ModuleRows.time(due),
        ModuleRows.time(due),
        walk.sync(),
        walk.lease());
  }

  void end(String sync, Instant now) {
    jdbc.update(
        "update walk set lease = null, leased_until = null, due_at = null, ended_at = ?"
            + " where sync_id = ? and ended_at is null",
        ModuleRows.time(now),
        sync);
  }

  /// It is walked once more, where it was walked at all.
  void again(String sync, Instant now) {
    jdbc.update(
        "update walk set ended_at = null, due_at = ?, rounds = rounds + 1"
            + " where sync_id = ? and ended_at is not null",
        ModuleRows.time(now),
        sync);
  }
}
