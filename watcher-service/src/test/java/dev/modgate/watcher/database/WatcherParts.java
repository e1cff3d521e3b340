package dev.modgate.watcher.database;

import dev.modgate.gomod.gosum.GoSum;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.EventJson;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.catalog.ModuleViews;
import dev.modgate.watcher.catalog.Timeline;
import dev.modgate.watcher.claim.Claims;
import dev.modgate.watcher.happening.Happenings;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.result.Results;
import dev.modgate.watcher.result.Retry;
import dev.modgate.watcher.sync.SyncChanges;
import dev.modgate.watcher.sync.SyncEnds;
import dev.modgate.watcher.sync.SyncGrowth;
import dev.modgate.watcher.sync.SyncItems;
import dev.modgate.watcher.sync.SyncService;
import dev.modgate.watcher.sync.SyncTransactions;
import dev.modgate.watcher.sync.SyncView;
import dev.modgate.watcher.sync.SyncViews;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The watcher's parts on one database, put together as the service does it, without Kafka.
public final class WatcherParts {
  public static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  public static final Duration SECOND_WAIT = Duration.ofMinutes(5);
  public static final Duration GIVE_UP_AFTER = Duration.ofDays(30);

  public final TestClock clock = new TestClock();
  public final JdbcTemplate jdbc;
  public final Crashes crashes;
  public final TransactionTemplate transaction;
  public final ModuleRows modules;
  public final Claims claims;
  public final Outbox outbox;
  public final Timeline timeline;
  public final Happenings happenings;
  public final SyncService syncs;
  public final SyncChanges changes;
  public final SyncGrowth growth;
  public final Results results;
  private final SyncViews views;
  private final ModuleViews moduleViews;

  WatcherParts(DataSource source) {
    jdbc = new JdbcTemplate(source);
    crashes = new Crashes(source);
    transaction = new TransactionTemplate(crashes);
    modules = new ModuleRows(jdbc);
    claims = new Claims(jdbc);
    outbox = new Outbox(jdbc, () -> {});
    views = new SyncViews(jdbc);
    moduleViews = new ModuleViews(jdbc);
    timeline = new Timeline(jdbc);
    happenings = new Happenings(jdbc, true);
    var ends = new SyncEnds(jdbc, happenings);
    var transactions = new SyncTransactions(transaction, outbox);
    var items = new SyncItems(jdbc, modules, claims, outbox, timeline);
    syncs =
        new SyncService(
            jdbc, transactions, items, ends, PrivateModules.of("*.corp.example"), clock);
    changes = new SyncChanges(jdbc, transactions, items, ends, _ -> {}, clock);
    growth = new SyncGrowth(jdbc, transactions, items, ends, _ -> {}, clock);
    var retry = new Retry(List.of(FIRST_WAIT, SECOND_WAIT), GIVE_UP_AFTER, () -> 0L);
    results =
        new Results(
            jdbc, transaction, modules, claims, timeline, outbox, ends, happenings, retry, clock);
  }

  /// A second watcher on the same database.
  public WatcherParts another() {
    return new WatcherParts(java.util.Objects.requireNonNull(jdbc.getDataSource()));
  }

  /// Takes a go.sum of these lines.
  ///
  /// @return the sync's id
  public String sync(String label, String... goSumLines) {
    return syncs.accept(label, plan(goSumLines));
  }

  public static Plan plan(String... goSumLines) {
    byte[] text = (String.join("\n", goSumLines) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      var sum = GoSum.parse(new ByteArrayInputStream(text), "go.sum");
      return Plan.of(Optional.of(sum), "go.sum", Optional.empty(), List.of());
    } catch (Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// Takes a sync that claims nothing.
  public String syncByName(String label, String module) {
    var plan =
        Plan.of(Optional.empty(), "go.sum", Optional.empty(), List.of(ModuleVersion.parse(module)));
    return syncs.accept(label, plan);
  }

  public void answer(ModuleEvent... events) {
    results.apply(List.of(events));
  }

  public SyncView view(String sync) {
    return views.find(sync, SyncView.Modules.ALL, Optional.empty(), 1_000).orElseThrow();
  }

  public SyncView.Item item(String sync) {
    return java.util.Objects.requireNonNull(view(sync).modules()).getFirst();
  }

  public ModuleViews.VersionView module(String module) {
    return moduleViews.version(ModuleVersion.parse(module));
  }

  public Map<ModuleRows.Key, ModuleRow> rows(String module) {
    return java.util.Objects.requireNonNull(
        transaction.execute(_ -> modules.lock(List.of(ModuleVersion.parse(module)))));
  }

  /// What the outbox holds, in the order of sending.
  public List<ModuleRequested> requests() {
    return jdbc.query(
        "select payload from outbox order by priority, id",
        (row, _) -> request(row.getString(1).getBytes(StandardCharsets.UTF_8)));
  }

  /// The newest request.
  public ModuleRequested request() {
    return requests().getLast();
  }

  public static ModuleRequested request(byte[] json) {
    try {
      return EventJson.read(ModuleRequested.class, json);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public int count(String table) {
    Integer count = jdbc.queryForObject("select count(*) from " + table, Integer.class);
    return count == null ? 0 : count;
  }
}
