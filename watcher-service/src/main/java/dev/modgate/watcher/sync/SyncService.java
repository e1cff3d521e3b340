package dev.modgate.watcher.sync;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.plan.PrivateModules;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/// Takes syncs: writes the sync, its requests and the outbox in one transaction.
public final class SyncService {
  private final JdbcTemplate jdbc;
  private final SyncTransactions transactions;
  private final SyncItems items;
  private final Walks walks;
  private final SyncEnds ends;
  private final PrivateModules privateModules;
  private final Clock clock;

  public SyncService(
      JdbcTemplate jdbc,
      SyncTransactions transactions,
      SyncItems items,
      SyncEnds ends,
      PrivateModules privateModules,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.items = items;
    this.walks = new Walks(jdbc);
    this.ends = ends;
    this.privateModules = privateModules;
    this.clock = clock;
  }

  /// Takes what a person asked for and waits for.
  ///
  /// @return the sync's id
  public String accept(String label, Plan plan) {
    Plan allowed = privateModules.without(plan);
    return transactions.run(() -> {
      String id = UUID.randomUUID().toString();
      write(id, label, allowed, Outbox.INTERACTIVE);
      return id;
    });
  }

  /// What is private is left out, and said in the notes.
  ///
  /// @param priority of its requests in the outbox
  /// @param besides writes more in the same transaction, given the sync's id
  /// @return the sync's id; what it needs is on its way when this returns
  /// @throws org.springframework.dao.DataAccessException when the database did not take it within
  ///   half a minute
  public String accept(String label, Plan plan, int priority, Consumer<String> besides) {
    Plan allowed = privateModules.without(plan);
    return transactions.run(() -> {
      // first, as everybody does who writes down answers
      items.lock(allowed.items().stream().map(PlanItem::module).toList());
      String id = UUID.randomUUID().toString();
      besides.accept(id);
      write(id, label, allowed, priority);
      return id;
    });
  }

  private void write(String id, String label, Plan plan, int priority) {
    Instant now = clock.instant();
    jdbc.update(
        "insert into sync (id, label, notes, priority, created_at) values (?,?,?,?,?)",
        id,
        label,
        String.join("\n", plan.notes()),
        priority,
        ModuleRows.time(now));
    walks.begin(id, plan.closures(), now);
    items.add(new SyncItems.Asking(id, label, id, priority), plan.items(), Set.of(), now);
    ends.finish(List.of(id), now);
  }
}
