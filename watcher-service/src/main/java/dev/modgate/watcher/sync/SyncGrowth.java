package dev.modgate.watcher.sync;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.StoredSentence;
import dev.modgate.watcher.plan.PlanItem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/// Gives syncs what the walk of their module graph finds.
public final class SyncGrowth {
  private static final int MOST_NOTES = 50_000; // characters, as the column has room

  private final JdbcTemplate jdbc;
  private final SyncTransactions transactions;
  private final SyncItems items;
  private final Walks walks;
  private final SyncEnds ends;
  private final Grown grown;
  private final Clock clock;

  public SyncGrowth(
      JdbcTemplate jdbc,
      SyncTransactions transactions,
      SyncItems items,
      SyncEnds ends,
      Grown grown,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.items = items;
    this.walks = new Walks(jdbc);
    this.ends = ends;
    this.grown = grown;
    this.clock = clock;
  }

  /// Hears of each sync that will not grow any more, in the transaction of its end.
  public interface Grown {
    void grown(String sync);
  }

  /// How a walk ended.
  ///
  /// @param notes for people, a bounded sentence each
  /// @param failure why the sync can't be done, whatever is inside
  public record End(List<String> notes, Optional<String> failure) {
    public End {
      notes = List.copyOf(notes);
    }
  }

  /// Asks for more go.mods.
  ///
  /// @param unread of which the go.mod has to be read, be it inside or not
  /// @return false where the walk is somebody else's by now
  public boolean grow(Walks.Leased walk, Collection<PlanItem> needed, Set<ModuleVersion> unread) {
    return transactions.run(() -> {
      items.lock(needed.stream().map(PlanItem::module).toList());
      if (!walks.lock(walk)) {
        return false;
      }
      add(walk, needed, unread);
      walks.release(walk, true);
      return true;
    });
  }

  /// Asks for the last, and ends the walk.
  ///
  /// @return false where the walk is somebody else's by now
  public boolean end(Walks.Leased walk, Collection<PlanItem> needed, End end) {
    return transactions.run(() -> {
      items.lock(needed.stream().map(PlanItem::module).toList());
      if (!walks.lock(walk)) {
        return false;
      }
      add(walk, needed, Set.of());
      Instant now = clock.instant();
      walks.end(walk.sync(), now);
      note(walk.sync(), end);
      grown.grown(walk.sync());
      ends.finish(List.of(walk.sync()), now);
      return true;
    });
  }

  private void add(Walks.Leased walk, Collection<PlanItem> needed, Set<ModuleVersion> unread) {
    Map<ModuleVersion, Want> has = has(walk.sync());
    var news = new ArrayList<PlanItem>();
    for (PlanItem item : needed) {
      Want before = has.get(item.module());
      boolean whole = item.want() == Want.ZIP && before == Want.MOD;
      if (before == null || whole || unread.contains(item.module())) {
        news.add(item);
      }
    }
    items.replace(asking(walk), news, unread, clock.instant());
  }

  private Map<ModuleVersion, Want> has(String sync) {
    Map<ModuleVersion, Want> has = new HashMap<>();
    jdbc.query(
        "select path, version, want from sync_item where sync_id = ?",
        row -> {
          has.put(
              ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
              Want.valueOf(row.getString(3)));
        },
        sync);
    return has;
  }

  private SyncItems.Asking asking(Walks.Leased walk) {
    return jdbc.query(
            "select label, priority from sync where id = ?",
            (row, _) ->
                new SyncItems.Asking(
                    walk.sync(),
                    row.getString(1),
                    walk.sync() + "-" + (walk.rounds() + 1),
                    row.getInt(2)),
            walk.sync())
        .getFirst();
  }

  private void note(String sync, End end) {
    String before = jdbc.queryForObject("select notes from sync where id = ?", String.class, sync);
    var notes = new ArrayList<String>();
    if (before != null && !before.isEmpty()) {
      notes.add(before);
    }
    end.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
    String all = String.join("\n", notes);
    jdbc.update(
        "update sync set notes = ?, failure = ? where id = ?",
        all.length() > MOST_NOTES ? all.substring(0, MOST_NOTES) : all,
        end.failure().map(StoredSentence::of).orElse(null),
        sync);
  }
}
