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
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PlanItem;
import dev.modgate.watcher.plan.PrivateModules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes syncs: writes the sync, its requests and the outbox in one transaction.
public final class SyncService {
  /// Clients give up after 60 s.
  private static final Duration TRY_FOR = Duration.ofSeconds(30);

  private static final int LONGEST_FILE = 200; // as the column takes it

  private static final ManyRows ITEMS =
      new ManyRows(
          "sync_item", "sync_id, path, version, want, row_want, already_inside, claim_failure");
  private static final ManyRows CLAIMS =
      new ManyRows("claim", "sync_id, path, version, subject, hash, file, line");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final ModuleRows modules;
  private final Claims claims;
  private final Outbox outbox;
  private final Timeline timeline;
  private final SyncEnds ends;
  private final PrivateModules privateModules;
  private final Clock clock;

  public SyncService(
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ModuleRows modules,
      Claims claims,
      Outbox outbox,
      Timeline timeline,
      SyncEnds ends,
      PrivateModules privateModules,
      Clock clock) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.modules = modules;
    this.claims = claims;
    this.outbox = outbox;
    this.timeline = timeline;
    this.ends = ends;
    this.privateModules = privateModules;
    this.clock = clock;
  }

  /// Takes what a person asked for and waits for.
  ///
  /// @return the sync's id
  public String accept(String label, Plan plan) {
    return accept(label, plan, Outbox.INTERACTIVE, _ -> {});
  }

  /// Tries again while other syncs of the same modules hold their rows; what they asked for by then
  /// is attached to. What is private is left out, and said in the notes.
  ///
  /// @param priority of its requests in the outbox
  /// @param besides writes more in the same transaction, given the sync's id
  /// @return the sync's id; what it needs is on its way when this returns
  /// @throws DataAccessException when the database did not take it within half a minute
  public String accept(String label, Plan plan, int priority, Consumer<String> besides) {
    Plan allowed = privateModules.without(plan);
    long began = System.nanoTime();
    while (true) {
      try {
        String id = UUID.randomUUID().toString();
        transaction.executeWithoutResult(_ -> {
          besides.accept(id);
          write(id, label, allowed, priority);
        });
        outbox.wakeRelay();
        return id;
      } catch (DuplicateKeyException | TransientDataAccessException e) {
        // a lock that is waited for too long is a QueryTimeoutException in H2
        if (System.nanoTime() - began > TRY_FOR.toNanos()) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /// At random, so that those who met here do not meet again.
  private static void pause(DataAccessException met) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(20, 400));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw met;
    }
  }

  private void write(String id, String label, Plan plan, int priority) {
    Instant now = clock.instant();
    jdbc.update(
        "insert into sync (id, label, notes, created_at) values (?,?,?,?)",
        id,
        label,
        String.join("\n", plan.notes()),
        ModuleRows.time(now));
    Map<ModuleRows.Key, ModuleRow> known =
        modules.lock(plan.items().stream().map(PlanItem::module).toList());
    var items = new ArrayList<SyncItem>(plan.items().size());
    // in the order of the indexes: rows that come at random cost several times as much
    for (PlanItem item :
        plan.items().stream().sorted(comparing(PlanItem::module, ModuleRows.ORDER)).toList()) {
      items.add(decide(item, known, "%s-%06d".formatted(id, items.size())));
    }
    modules.request(
        label, items.stream().map(SyncItem::request).filter(Objects::nonNull).toList(), known, now);
    insertItems(id, items);
    insertClaims(id, items);
    List<ModuleRequested> requests = requests(id, items);
    outbox.add(requests, priority);
    timeline.requested(requests, label, now);
    ends.finish(List.of(id), now);
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
      @Nullable ModuleRow request) {}

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
    if (row != null && row.state().inFlight()) {
      return new SyncItem(item, item.want(), false, null, null);
    }
    RequestId request =
        row == null
            ? new RequestId(newRequest, 1)
            : new RequestId(row.request().id(), row.request().attempt() + 1);
    var asked = new ModuleRow(module, item.want(), ModuleState.REQUESTED, request, 0, null, null);
    return new SyncItem(item, item.want(), false, null, asked);
  }

  private List<ModuleRequested> requests(String sync, List<SyncItem> items) {
    Set<ModuleVersion> shared = claims.neededByOthersToo(sync);
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
