package dev.modgate.watcher.watch;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.Latest;
import dev.modgate.gomod.quote.Plain;
import dev.modgate.gomod.semver.Version;
import dev.modgate.gomod.toolchain.Toolchain;
import dev.modgate.watcher.ledger.NewestKnown;
import dev.modgate.watcher.outbox.Outbox;
import dev.modgate.watcher.plan.Plan;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.sync.SyncService;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/// Asks the upstreams about watched modules, and has new versions brought inside.
///
/// What is listed at the first poll was there before: of it the highest version that counts is
/// brought inside, and later every one that was not listed before.
final class ModulePolls {
  /// Modules of one watch; each is a request per interval.
  private static final int MOST_MODULES = 10_000;

  private static final int MOST_INSIDE = 100_000;

  /// Of one module at one poll; the others come at the next one.
  private static final int MOST_NEW = 100;

  /// What was polled at a kill is polled again after so long.
  static final Duration TAKEN_FOR = Duration.ofSeconds(60);

  /// A module whose sync is still under way has just been asked for.
  private static final Duration STILL = Duration.ofMinutes(10);

  private static final Duration LONGEST_WAIT = Duration.ofHours(6);
  private static final int PAGE = 1_000;

  private final Map<String, Watch> watches;
  private final ModuleLists lists;
  private final WatchRows rows;
  private final Syncing syncing;
  private final RandomGenerator random;

  /// What new versions become.
  record Syncing(
      SyncService syncs,
      TransactionTemplate transaction,
      PrivateModules privateModules,
      NewestKnown newest,
      Clock clock) {}

  ModulePolls(
      List<Watch> watches,
      ModuleLists lists,
      WatchRows rows,
      Syncing syncing,
      RandomGenerator random) {
    this.watches = new TreeMap<>();
    watches.forEach(watch -> this.watches.put(watch.name(), watch));
    this.lists = lists;
    this.rows = rows;
    this.syncing = syncing;
    this.random = random;
  }

  boolean isEmpty() {
    return watches.isEmpty();
  }

  /// How often at most to look for modules that came since.
  Duration settleEvery() {
    return watches.values().stream()
        .map(Watch::every)
        .reduce(Duration.ofMinutes(1), ModulePolls::shorter);
  }

  /// Has modules polled that came to be known since, and forgets watches that are no more.
  void settle() {
    Instant now = syncing.clock().instant();
    List<String> gone = rows.watches().stream().filter(name -> !watches.containsKey(name)).toList();
    syncing.transaction().executeWithoutResult(_ -> rows.remove(gone));
    for (Watch watch : watches.values()) {
      Set<String> polled = rows.polled(watch.name());
      for (ModulePath module : modules(watch)) {
        if (!polled.contains(module.value())) {
          begin(watch, module, now);
        }
      }
      nearer(watch, now);
    }
  }

  /// Where the watch asked less often before, and what is polled now is put off for less.
  private void nearer(Watch watch, Instant now) {
    Duration most = watch.every().multipliedBy(6).dividedBy(5);
    Duration later = most.compareTo(TAKEN_FOR) > 0 ? most : TAKEN_FOR;
    for (String path : rows.dueAfter(watch.name(), now.plus(later))) {
      rows.nearer(watch.name(), path, now.plus(some(watch.every())));
    }
  }

  private void begin(Watch watch, ModulePath module, Instant now) {
    try {
      Duration wait = watch.isOne() ? Duration.ZERO : some(watch.every());
      Duration still = watch.insideAlone() ? shorter(STILL, watch.every()) : Duration.ZERO;
      rows.begin(watch.name(), module, now.plus(still).plus(wait));
    } catch (DuplicateKeyException e) {
      // another watcher did
    }
  }

  private List<ModulePath> modules(Watch watch) {
    var modules = new ArrayList<ModulePath>();
    if (watch.isOne()) {
      modules.add(watch.one());
    } else {
      String after = "";
      List<String> page = rows.modulesAfter(after, watch.insideAlone(), PAGE);
      while (!page.isEmpty()
          && modules.size() < (watch.insideAlone() ? MOST_INSIDE : MOST_MODULES)) {
        page.stream().map(ModulePath::new).filter(watch::covers).forEach(modules::add);
        after = page.getLast();
        page = rows.modulesAfter(after, watch.insideAlone(), PAGE);
      }
    }
    // its name stays inside, whoever watches it
    modules.removeIf(module -> syncing.privateModules().patterns().matches(module));
    // a toolchain is no version of another one
    modules.removeIf(module -> watch.insideAlone() && module.equals(Toolchain.MODULE));
    return modules;
  }

  /// @return what is to be polled now
  List<WatchRows.Poll> take(int most) {
    List<WatchRows.Poll> polls =
        syncing.transaction().execute(_ -> rows.take(most, syncing.clock().instant(), TAKEN_FOR));
    return polls == null ? List.of() : polls;
  }

  /// Call it again and again for what takes its time, at intervals well below [#TAKEN_FOR].
  void goesOn(WatchRows.Poll poll) {
    rows.putOff(poll, syncing.clock().instant().plus(TAKEN_FOR));
  }

  void poll(WatchRows.Poll poll) {
    Watch watch = watches.get(poll.watch());
    if (watch == null || syncing.privateModules().patterns().matches(poll.module())) {
      return; // of settings that are no more
    }
    try {
      answered(watch, poll);
    } catch (IOException e) {
      Duration wait = watch.every().multipliedBy(1L << Math.min(poll.failures(), 10));
      Duration most = LONGEST_WAIT.compareTo(watch.every()) > 0 ? LONGEST_WAIT : watch.every();
      Duration next = wait.compareTo(most) < 0 ? wait : most;
      String error = Plain.of(String.valueOf(e.getMessage()));
      rows.failed(poll, error, syncing.clock().instant().plus(next).plus(some(next.dividedBy(5))));
    }
  }

  private void answered(Watch watch, WatchRows.Poll poll) throws IOException {
    SortedSet<Version> listed = lists.versions(poll.module());
    syncing.newest().seen(poll.module(), listed, syncing.clock().instant());
    List<Version> counting = withUnretracted(watch, poll.module(), listed);
    Set<String> seen = rows.seen(poll);
    List<Version> unseen =
        counting.stream().filter(version -> !seen.contains(version.toString())).toList();
    boolean first = seen.isEmpty() && !watch.insideAlone();
    List<Version> wanted =
        unseen.subList(Math.max(0, unseen.size() - (first ? 1 : MOST_NEW)), unseen.size());
    var noted = new ArrayList<Version>(first ? unseen : wanted);
    var fresh = new ArrayList<Version>();
    for (Version version : wanted) {
      switch (age(watch, new ModuleVersion(poll.module(), version))) {
        case YOUNG -> fresh.add(version);
        case OLD -> {}
        case UNKNOWN -> noted.remove(version); // the next poll asks again
      }
    }
    Set<String> known = rows.known(poll.module(), wanted);
    fresh.removeIf(version -> known.contains(version.toString()));
    write(watch, poll, noted, fresh);
  }

  /// Where the latest version is known to retract itself, `go get MODULE@latest` takes the highest
  /// that is not retracted.
  private List<Version> withUnretracted(Watch watch, ModulePath module, SortedSet<Version> listed) {
    List<Version> among = watch.among(listed);
    if (!watch.insideAlone() || among.isEmpty()) {
      return among;
    }
    Version latest = among.getLast();
    var retracted = new Retracted(rows.retracts(new ModuleVersion(module, latest)));
    return retracted.has(latest)
        ? Stream.concat(
                among.stream(),
                Latest.of(listed.stream().filter(version -> !retracted.has(version)).toList())
                    .stream())
            .toList()
        : among;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private enum Age {
    YOUNG,
    OLD,
    UNKNOWN
  }

  private Age age(Watch watch, ModuleVersion version) throws IOException {
    if (watch.notOlderThan().isEmpty()) {
      return Age.YOUNG;
    }
    Instant oldest = syncing.clock().instant().minus(watch.notOlderThan().get());
    return lists
        .time(version)
        .map(time -> time.isBefore(oldest) ? Age.OLD : Age.YOUNG)
        .orElse(Age.UNKNOWN);
  }

  private void write(Watch watch, WatchRows.Poll poll, List<Version> noted, List<Version> fresh) {
    Instant now = syncing.clock().instant();
    // what is new may retract what is inside
    Duration every =
        watch.insideAlone() && !fresh.isEmpty()
            ? shorter(watch.every(), Duration.ofHours(1))
            : watch.every();
    Instant next = now.plus(every).plus(some(every.dividedBy(5)));
    List<Version> others = noted.stream().filter(version -> !fresh.contains(version)).toList();
    if (fresh.isEmpty()) {
      syncing
          .transaction()
          .executeWithoutResult(_ -> {
            rows.saw(poll, others, null, now);
            rows.answered(poll, now, next);
          });
      return;
    }
    List<ModuleVersion> modules =
        fresh.stream().map(version -> new ModuleVersion(poll.module(), version)).toList();
    Plan plan = Plan.of(Optional.empty(), "", Optional.empty(), modules);
    String label =
        watch.insideAlone()
            ? "latest of " + poll.module()
            : "watch " + watch.name() + " " + poll.module();
    syncing
        .syncs()
        .accept(
            label.length() <= 200 ? label : label.substring(0, 200),
            plan,
            Outbox.BACKGROUND,
            sync -> {
              rows.saw(poll, fresh, sync, now);
              rows.saw(poll, others, null, now);
              rows.answered(poll, now, next);
            });
  }

  private Duration some(Duration most) {
    return Duration.ofMillis(random.nextLong(Math.max(1, most.toMillis())));
  }
}
