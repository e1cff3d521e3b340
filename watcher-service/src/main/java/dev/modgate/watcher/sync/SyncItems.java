package dev.modgate.watcher.sync;

import static java.util.Comparator.comparing;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.pipeline.event.RequestId;
import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleState;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.claim.Origins;
import dev.modgate.watcher.insert.ManyRows;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.plan.PlanItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Writes what syncs need, and asks for it, in the transaction of the caller.
public final class SyncItems {
  private static final int LONGEST_FILE = 200; // as the column takes it

  private static final ManyRows ITEMS =
      new ManyRows(
          "sync_item", "sync_id, path, version, want, row_want, already_inside, claim_failure");
  private static final ManyRows CLAIMS =
      new ManyRows("claim", "sync_id, path, version, subject, hash, file, line");

  private final JdbcTemplate jdbc;
  private final ModuleRows modules;
  private final Claims claims;
  private final Outbox outbox;
  private final Timeline timeline;

  public SyncItems(
      JdbcTemplate jdbc, ModuleRows modules, Claims claims, Outbox outbox, Timeline timeline) {
    this.jdbc = jdbc;
    this.modules = modules;
    this.claims = claims;
    this.outbox = outbox;
    this.timeline = timeline;
  }

  /// Who asks.
  ///
  /// @param requests what the ids of its new requests begin with
  /// @param priority of its requests in the outbox
  record Asking(String sync, String label, String requests, int priority) {}

  /// Adds what the sync does not have yet.
  ///
  /// @param unread of which the go.mod has to be read, be it inside or not
  void add(Asking asking, Collection<PlanItem> needed, Set<ModuleVersion> unread, Instant now) {
    insertClaims(asking.sync(), write(asking, needed, unread, now));
  }

  private List<SyncItem> write(
      Asking asking, Collection<PlanItem> needed, Set<ModuleVersion> unread, Instant now) {
    Map<ModuleRows.Key, ModuleRow> known =
        modules.lock(needed.stream().map(PlanItem::module).toList());
    var items = new ArrayList<SyncItem>(needed.size());
    // in the order of the indexes: rows that come at random cost several times as much
    for (PlanItem item :
        needed.stream().sorted(comparing(PlanItem::module, ModuleRows.ORDER)).toList()) {
      String request = "%s-%06d".formatted(asking.requests(), items.size());
      items.add(
          unread.contains(item.module())
              ? read(item, known, request)
              : decide(item, known, request));
    }
    insertItems(asking.sync(), items);
    ask(asking, items, known, now);
    outbox.hurry(
        items.stream().flatMap(item -> item.underWay(known).stream()).toList(), asking.priority());
    return items;
  }

  /// Adds these, in place of what the sync has of the same module versions.
  void replace(Asking asking, Collection<PlanItem> needed, Set<ModuleVersion> unread, Instant now) {
    jdbc.batchUpdate(
        "delete from sync_item where sync_id = ? and path = ? and version = ?",
        needed.stream()
            .map(item ->
                new Object[] {
                  asking.sync(), item.module().path().value(), item.module().version().toString()
                })
            .toList());
    Map<ModuleVersion, List<Claim>> claimed = claims.of(asking.sync());
    List<PlanItem> claiming =
        needed.stream()
            .map(item ->
                new PlanItem(
                    item.module(), item.want(), claimed.getOrDefault(item.module(), List.of())))
            .toList();
    write(asking, claiming, unread, now);
  }

  /// Locks the rows of what may change, before anything else of the sync is locked: in the order in
  /// which answers are written down.
  void lock(Collection<ModuleVersion> needed) {
    modules.lock(needed);
  }

  /// The same, of what the sync has and is not inside.
  void lockOpen(String sync) {
    modules.lock(
        jdbc.query(
            "select i.path, i.version" + SyncTotals.ITEMS + " and m.state <> 'inside'",
            (row, _) -> ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
            sync));
  }

  /// Takes back what was asked for this sync alone, and is not sent yet or was put off.
  void withdraw(String sync, Instant now) {
    List<ModuleVersion> open =
        jdbc.query(
            "select i.path, i.version"
                + SyncTotals.ITEMS
                + " and m.state in ('requested', 'deferred')",
            (row, _) -> ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
            sync);
    Collection<ModuleRow> locked = modules.lock(open).values();
    // only now: who held the rows may have come to wait for them
    Set<ModuleVersion> shared = claims.neededByOthersToo(sync);
    var taken = new ArrayList<ModuleRow>();
    for (ModuleRow row : locked) {
      if (shared.contains(row.module())) {
        continue;
      }
      boolean unsent =
          row.state() == ModuleState.REQUESTED
              && jdbc.update(
                      "delete from outbox where request_id = ? and sent_at is null",
                      row.request().id())
                  > 0;
      if (unsent || row.state() == ModuleState.DEFERRED) {
        taken.add(row);
      }
    }
    jdbc.batchUpdate(
        "update module set state = 'withdrawn', next_try = null, updated_at = ?"
            + " where path = ? and version = ? and want = ?",
        taken.stream()
            .map(row ->
                new Object[] {
                  ModuleRows.time(now),
                  row.module().path().value(),
                  row.module().version().toString(),
                  row.want().name()
                })
            .toList());
  }

  /// Asks for what ended without being inside, or was put off.
  void askAgain(Asking asking, Instant now) {
    List<PlanItem> ended =
        jdbc.query(
            "select i.path, i.version, i.row_want"
                + SyncTotals.ITEMS
                + " and m.state in ('rejected', 'absent', 'deferred', 'withdrawn', 'given-up')"
                + " order by i.path, i.version",
            (row, _) ->
                new PlanItem(
                    ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
                    Want.valueOf(row.getString(3)),
                    List.of()),
            asking.sync());
    Map<ModuleRows.Key, ModuleRow> known =
        modules.lock(ended.stream().map(PlanItem::module).toList());
    List<SyncItem> items = ended.stream().map(item -> decide(item, known, "")).toList();
    jdbc.batchUpdate( // the whole may be inside where the go.mod alone is not
        "update sync_item set row_want = ? where sync_id = ? and path = ? and version = ?",
        items.stream()
            .map(item ->
                new Object[] {
                  item.rowWant().name(),
                  asking.sync(),
                  item.item().module().path().value(),
                  item.item().module().version().toString()
                })
            .toList());
    ask(asking, items, known, now);
  }

  private void ask(
      Asking asking, List<SyncItem> items, Map<ModuleRows.Key, ModuleRow> known, Instant now) {
    modules.request(
        asking.label(),
        items.stream().map(SyncItem::request).filter(Objects::nonNull).toList(),
        known,
        now);
    List<ModuleRequested> requests = requests(asking.sync(), items);
    outbox.add(requests, asking.priority());
    timeline.requested(requests, asking.label(), now);
  }

  /// What a sync gets for one of its items.
  ///
  /// @param rowWant which row answers it
  /// @param request the row to ask anew; null where nothing is to be asked
  private record SyncItem(
      PlanItem item,
      Want rowWant,
      boolean alreadyInside,
      @Nullable String claimFailure,
      @Nullable ModuleRow request) {

    /// The request of somebody else that it waits for.
    Optional<RequestId> underWay(Map<ModuleRows.Key, ModuleRow> known) {
      if (alreadyInside || request != null) {
        return Optional.empty();
      }
      return Optional.ofNullable(known.get(new ModuleRows.Key(item.module(), rowWant)))
          .map(ModuleRow::request);
    }
  }

  private static SyncItem decide(
      PlanItem item, Map<ModuleRows.Key, ModuleRow> known, String newRequest) {
    ModuleVersion module = item.module();
    ModuleRow whole = known.get(new ModuleRows.Key(module, Want.ZIP));
    ModuleRow row = known.get(new ModuleRows.Key(module, item.want()));
    ModuleRow inside =
        whole != null && whole.state() == ModuleState.INSIDE
            ? whole
            : row != null && row.state() == ModuleState.INSIDE ? row : null;
    if (inside != null) {
      Optional<String> contradiction = item.contradiction(inside.zipHash(), inside.goModHash());
      return new SyncItem(item, inside.want(), true, contradiction.orElse(null), null);
    }
    return row != null && row.state().inFlight()
        ? new SyncItem(item, item.want(), false, null, null)
        : asked(item, row, newRequest);
  }

  /// Its go.mod has to be read, whatever is inside.
  private static SyncItem read(
      PlanItem item, Map<ModuleRows.Key, ModuleRow> known, String newRequest) {
    ModuleRow row = known.get(new ModuleRows.Key(item.module(), Want.MOD));
    return row != null && row.state().inFlight()
        ? new SyncItem(item, Want.MOD, false, null, null)
        : asked(new PlanItem(item.module(), Want.MOD, item.claims()), row, newRequest);
  }

  private static SyncItem asked(PlanItem item, @Nullable ModuleRow row, String newRequest) {
    RequestId request =
        row == null
            ? new RequestId(newRequest, 1)
            : new RequestId(row.request().id(), row.request().attempt() + 1);
    var asked =
        new ModuleRow(item.module(), item.want(), ModuleState.REQUESTED, request, 0, null, null);
    return new SyncItem(item, item.want(), false, null, asked);
  }

  private List<ModuleRequested> requests(String sync, List<SyncItem> items) {
    Set<ModuleVersion> shared = claims.neededByOthersToo(sync);
    claimedBefore(sync, items).forEach(shared::add);
    var requests = new ArrayList<ModuleRequested>();
    for (SyncItem item : items) {
      ModuleRow row = item.request();
      if (row != null) {
        Origins origins =
            shared.contains(row.module())
                ? claims.originsOf(row.module())
                : new Origins(List.of(new Origin(sync, item.item().claims())), 1);
        requests.add(
            new ModuleRequested(
                row.request(), row.module(), row.want(), origins.carried(), origins.count()));
      }
    }
    return requests;
  }

  /// What the sync has claimed of them in an earlier request.
  private Set<ModuleVersion> claimedBefore(String sync, List<SyncItem> items) {
    boolean allNew = items.stream().noneMatch(item -> item.item().claims().isEmpty());
    return allNew
        ? Set.of()
        : new HashSet<>(
            jdbc.query(
                "select distinct path, version from claim where sync_id = ?",
                (row, _) -> ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
                sync));
  }

  private void insertItems(String id, List<SyncItem> items) {
    ITEMS.write(
        jdbc,
        items,
        item ->
            new @Nullable Object[] {
              id,
              item.item().module().path().value(),
              item.item().module().version().toString(),
              item.item().want().name(),
              item.rowWant().name(),
              item.alreadyInside(),
              item.claimFailure()
            });
  }

  /// The end of a path says more than its beginning.
  private static String file(String path) {
    if (path.length() <= LONGEST_FILE) {
      return path;
    }
    int from = path.length() - (LONGEST_FILE - 1);
    return "…" + path.substring(Character.isLowSurrogate(path.charAt(from)) ? from + 1 : from);
  }

  private void insertClaims(String id, List<SyncItem> items) {
    record Line(ModuleVersion module, Claim claim) {}
    List<Line> lines =
        items.stream()
            .map(SyncItem::item)
            .flatMap(item -> item.claims().stream().map(claim -> new Line(item.module(), claim)))
            .toList();
    CLAIMS.write(
        jdbc,
        lines,
        line ->
            new Object[] {
              id,
              line.module().path().value(),
              line.module().version().toString(),
              line.claim().subject().name(),
              line.claim().hash().value(),
              file(line.claim().file()),
              line.claim().line()
            });
  }
}
