package dev.modgate.watcher.watch;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.event.GoModFacts;
import dev.modgate.watcher.catalog.GoMods;
import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// The tables `watch_poll` and `watch_version`.
final class WatchRows {
  private static final int MOST_ERROR = 1000;

  private final JdbcTemplate jdbc;

  WatchRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  record Poll(String watch, ModulePath module, int failures) {}

  /// A watch's polls as the API shows them.
  record View(
      String watch,
      String module,
      Instant nextPoll,
      @Nullable Instant polledAt,
      int failures,
      @Nullable String lastError) {}

  Set<String> polled(String watch) {
    return new HashSet<>(
        jdbc.queryForList("select path from watch_poll where watch = ?", String.class, watch));
  }

  /// Of the modules that anybody ever asked for, those from here on in the order of their paths.
  ///
  /// @param insideAlone whether a zip of them has to be inside
  List<String> modulesAfter(String after, boolean insideAlone, int most) {
    return jdbc.queryForList(
        "select distinct path from module where path > ?"
            + (insideAlone ? " and want = 'ZIP' and state = 'inside'" : "")
            + " order by path limit "
            + most,
        String.class,
        after);
  }

  void begin(String watch, ModulePath module, Instant at) {
    jdbc.update(
        "insert into watch_poll (watch, path, next_poll) values (?,?,?)",
        watch,
        module.value(),
        ModuleRows.time(at));
  }

  /// Takes polls that are due, and puts them off: for others, and for the case that this process is
  /// killed.
  List<Poll> take(int most, Instant now, Duration putOff) {
    record Due(String watch, String path) {}
    List<Due> due =
        jdbc.query(
            "select watch, path from watch_poll where next_poll <= ? order by next_poll limit "
                + most,
            (row, _) -> new Due(row.getString(1), row.getString(2)),
            ModuleRows.time(now));
    var taken = new ArrayList<Poll>();
    for (Due one : due) {
      taken.addAll(
          jdbc.query(
              "select failures from watch_poll where watch = ? and path = ? and next_poll <= ?"
                  + " for update skip locked",
              (row, _) -> new Poll(one.watch(), new ModulePath(one.path()), row.getInt(1)),
              one.watch(),
              one.path(),
              ModuleRows.time(now)));
    }
    jdbc.batchUpdate(
        "update watch_poll set next_poll = ? where watch = ? and path = ?",
        taken.stream()
            .map(poll ->
                new Object[] {
                  ModuleRows.time(now.plus(putOff)), poll.watch(), poll.module().value()
                })
            .toList());
    return taken;
  }

  /// Of those that went well, the ones that are not due by then.
  List<String> dueAfter(String watch, Instant at) {
    return jdbc.queryForList(
        "select path from watch_poll where watch = ? and failures = 0 and next_poll > ?",
        String.class,
        watch,
        ModuleRows.time(at));
  }

  void nearer(String watch, String path, Instant next) {
    jdbc.update(
        "update watch_poll set next_poll = ? where watch = ? and path = ? and next_poll > ?",
        ModuleRows.time(next),
        watch,
        path,
        ModuleRows.time(next));
  }

  /// Where it is put off longer already, such as by its answer, it stays so.
  void putOff(Poll poll, Instant until) {
    jdbc.update(
        "update watch_poll set next_poll = ? where watch = ? and path = ? and next_poll < ?",
        ModuleRows.time(until),
        poll.watch(),
        poll.module().value(),
        ModuleRows.time(until));
  }

  void answered(Poll poll, Instant now, Instant next) {
    jdbc.update(
        "update watch_poll set next_poll = ?, polled_at = ?, failures = 0, last_error = null"
            + " where watch = ? and path = ?",
        ModuleRows.time(next),
        ModuleRows.time(now),
        poll.watch(),
        poll.module().value());
  }

  void failed(Poll poll, String error, Instant next) {
    jdbc.update(
        "update watch_poll set next_poll = ?, failures = failures + 1, last_error = ?"
            + " where watch = ? and path = ?",
        ModuleRows.time(next),
        error.length() > MOST_ERROR ? error.substring(0, MOST_ERROR) : error,
        poll.watch(),
        poll.module().value());
  }

  /// Of a watch that is no more.
  void remove(Collection<String> watches) {
    for (String watch : watches) {
      jdbc.update("delete from watch_poll where watch = ?", watch);
      jdbc.update("delete from watch_version where watch = ?", watch);
    }
  }

  List<String> watches() {
    return jdbc.queryForList("select distinct watch from watch_poll", String.class);
  }

  Set<String> seen(Poll poll) {
    return new HashSet<>(
        jdbc.queryForList(
            "select version from watch_version where watch = ? and path = ?",
            String.class,
            poll.watch(),
            poll.module().value()));
  }

  /// Which of these versions anybody asked for whole, and are inside or on their way.
  Set<String> known(ModulePath module, Collection<Version> versions) {
    if (versions.isEmpty()) {
      return Set.of();
    }
    var arguments = new ArrayList<Object>(List.of(module.value()));
    versions.forEach(version -> arguments.add(version.toString()));
    return new HashSet<>(
        jdbc.queryForList(
            "select version from module where path = ? and want = 'ZIP' and state in"
                + " ('inside', 'requested', 'fetched', 'verified', 'deferred') and version in ("
                + String.join(",", Collections.nCopies(versions.size(), "?"))
                + ")",
            String.class,
            arguments.toArray()));
  }

  /// What the go.mod of a version retracts, where it is known.
  List<GoModFacts.Span> retracts(ModuleVersion module) {
    return new GoMods(jdbc)
        .load(List.of(module)).values().stream().flatMap(it -> it.retract().stream()).toList();
  }

  /// @param sync null for what brings nothing inside
  /// @throws org.springframework.dao.DuplicateKeyException when another watcher saw it
  void saw(Poll poll, Collection<Version> versions, @Nullable String sync, Instant now) {
    jdbc.batchUpdate(
        "insert into watch_version (watch, path, version, seen_at, sync_id) values (?,?,?,?,?)",
        versions.stream()
            .map(version ->
                new @Nullable Object[] {
                  poll.watch(),
                  poll.module().value(),
                  version.toString(),
                  ModuleRows.time(now),
                  sync
                })
            .toList());
  }

  /// In the order of watches and paths.
  ///
  /// @param after watch and path of the last one of the page before
  List<View> all(Optional<String> watch, Optional<List<String>> after, int most) {
    var condition = new StringBuilder("1 = 1");
    var arguments = new ArrayList<Object>();
    watch.ifPresent(name -> {
      condition.append(" and watch = ?");
      arguments.add(name.replace('\0', '\ufffd'));
    });
    after.ifPresent(place -> {
      condition.append(" and watch >= ? and (watch > ? or path > ?)");
      arguments.addAll(List.of(place.get(0), place.get(0), place.get(1)));
    });
    return jdbc.query(
        "select watch, path, next_poll, polled_at, failures, last_error from watch_poll where "
            + condition
            + " order by watch, path limit "
            + most,
        (row, _) -> {
          OffsetDateTime polled = row.getObject("polled_at", OffsetDateTime.class);
          return new View(
              row.getString("watch"),
              row.getString("path"),
              row.getObject("next_poll", OffsetDateTime.class).toInstant(),
              polled == null ? null : polled.toInstant(),
              row.getInt("failures"),
              row.getString("last_error"));
        },
        arguments.toArray());
  }
}
