package dev.modgate.watcher.ledger;

import dev.modgate.pipeline.event.Want;
import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.insert.ManyRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// The ledger's tables as they are written. All within a transaction that has locked the
/// repository's row.
final class LedgerRows {
  private static final int CHUNK = 500;

  private static final ManyRows USES =
      new ManyRows(
          "ledger_use",
          "repository_id, path, version, want, in_use, first_ref, first_commit, first_at, last_ref,"
              + " last_commit, last_at");
  private static final ManyRows NEEDS = new ManyRows("ledger_need", "list_id, use_id");

  private final JdbcTemplate jdbc;

  LedgerRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// Where and when something was seen.
  record Sight(String ref, String commit, Instant at) {}

  /// Where a line stands.
  record Stand(String ref, long list, String sha256) {}

  Optional<Long> lock(String source, String repository) {
    return jdbc
        .queryForList(
            "select id from ledger_repository where source = ? and repository = ? for update",
            Long.class,
            source,
            repository)
        .stream()
        .findFirst();
  }

  long lockOrAdd(String source, String repository, String owner) {
    Optional<Long> known = lock(source, repository);
    if (known.isEmpty()) {
      jdbc.update(
          "insert into ledger_repository (source, repository, owner) values (?,?,?)",
          source,
          repository,
          owner);
      return lock(source, repository).orElseThrow();
    }
    jdbc.update(
        "update ledger_repository set owner = ?, gone_at = null where id = ?"
            + " and (owner <> ? or gone_at is not null)",
        owner,
        known.get(),
        owner);
    return known.get();
  }

  Optional<Stand> stand(long repository, Line line) {
    return jdbc
        .query(
            "select s.ref, l.id, l.sha256 from ledger_line s join ledger_list l on l.id = s.list_id"
                + " where s.repository_id = ? and s.line = ?",
            (row, _) -> new Stand(row.getString(1), row.getLong(2), row.getString(3)),
            repository,
            line.name())
        .stream()
        .findFirst();
  }

  /// Has a line stand at what needs this list.
  void put(long repository, Line line, long list, Sight sight) {
    int moved =
        jdbc.update(
            "update ledger_line set ref = ?, commit_id = ?, list_id = ?"
                + " where repository_id = ? and line = ?",
            sight.ref(),
            sight.commit(),
            list,
            repository,
            line.name());
    if (moved == 0) {
      jdbc.update(
          "insert into ledger_line (repository_id, line, ref, commit_id, list_id)"
              + " values (?,?,?,?,?)",
          repository,
          line.name(),
          sight.ref(),
          sight.commit(),
          list);
    }
    jdbc.update(
        "update ledger_list set last_ref = ?, last_commit = ?, last_at = ? where id = ?",
        sight.ref(),
        sight.commit(),
        ModuleRows.time(sight.at()),
        list);
  }

  /// What a line waits for.
  ///
  /// @param sync null for nothing
  void growing(long repository, Line line, Sight sight, @Nullable String sync) {
    jdbc.update(
        "delete from ledger_growing where repository_id = ? and line = ?", repository, line.name());
    if (sync != null) {
      jdbc.update(
          "insert into ledger_growing (repository_id, line, ref, commit_id, sync_id)"
              + " values (?,?,?,?,?)",
          repository,
          line.name(),
          sight.ref(),
          sight.commit(),
          sync);
    }
  }

  /// Lines that stand at one of these refs.
  void removeLines(long repository, Collection<String> refs) {
    jdbc.batchUpdate(
        "delete from ledger_line where repository_id = ? and ref = ?",
        refs.stream().map(ref -> new Object[] {repository, ref}).toList());
    jdbc.batchUpdate(
        "delete from ledger_growing where repository_id = ? and ref = ?",
        refs.stream().map(ref -> new Object[] {repository, ref}).toList());
  }

  /// The list of these needs, which is made where there is none.
  long list(long repository, String sha256, List<Need> needs, Sight sight) {
    return find(repository, sha256)
        .orElseGet(() -> {
          jdbc.update(
              "insert into ledger_list (repository_id, sha256, last_ref, last_commit, last_at)"
                  + " values (?,?,?,?,?)",
              repository,
              sha256,
              sight.ref(),
              sight.commit(),
              ModuleRows.time(sight.at()));
          long list = find(repository, sha256).orElseThrow();
          Map<Need, Use> uses = uses(repository, needs, sight);
          NEEDS.write(
              jdbc, needs, need -> new Object[] {list, Objects.requireNonNull(uses.get(need)).id});
          return list;
        });
  }

  private Optional<Long> find(long repository, String sha256) {
    return jdbc
        .queryForList(
            "select id from ledger_list where repository_id = ? and sha256 = ?",
            Long.class,
            repository,
            sha256)
        .stream()
        .findFirst();
  }

  private record Use(long id, boolean inUse) {}

  /// Those of these needs, and others; a need that was not seen before is written down.
  private Map<Need, Use> uses(long repository, List<Need> needs, Sight sight) {
    Map<Need, Use> known = uses(repository);
    List<Need> fresh = needs.stream().filter(need -> !known.containsKey(need)).toList();
    if (fresh.isEmpty()) {
      return known;
    }
    var at = ModuleRows.time(sight.at());
    USES.write(
        jdbc,
        fresh,
        need ->
            new Object[] {
              repository,
              need.path(),
              need.version(),
              need.want().name(),
              false,
              sight.ref(),
              sight.commit(),
              at,
              sight.ref(),
              sight.commit(),
              at
            });
    return uses(repository);
  }

  private Map<Need, Use> uses(long repository) {
    Map<Need, Use> uses = new HashMap<>();
    jdbc.query(
        "select id, path, version, want, in_use from ledger_use where repository_id = ?",
        row -> {
          uses.put(
              new Need(row.getString(2), row.getString(3), Want.valueOf(row.getString(4))),
              new Use(row.getLong(1), row.getBoolean(5)));
        },
        repository);
    return uses;
  }

  /// Writes down what was seen, and puts nothing in use.
  void note(long repository, List<Need> needs, Sight sight) {
    Map<Need, Use> uses = uses(repository, needs, sight);
    List<Long> idle =
        needs.stream()
            .map(need -> Objects.requireNonNull(uses.get(need)))
            .filter(use -> !use.inUse)
            .map(Use::id)
            .toList();
    for (int start = 0; start < idle.size(); start += CHUNK) {
      List<Long> chunk = idle.subList(start, Math.min(idle.size(), start + CHUNK));
      var arguments =
          new ArrayList<Object>(List.of(sight.ref(), sight.commit(), ModuleRows.time(sight.at())));
      arguments.addAll(chunk);
      jdbc.update(
          "update ledger_use set last_ref = ?, last_commit = ?, last_at = ? where id in ("
              + String.join(",", Collections.nCopies(chunk.size(), "?"))
              + ")",
          arguments.toArray());
    }
  }

  private record Left(long list, Sight last) {}

  /// Drops lists at which no line stands, and has in use what a list names, and nothing else.
  void settle(long repository) {
    List<Left> left =
        jdbc.query(
            "select id, last_ref, last_commit, last_at from ledger_list l where repository_id = ?"
                + " and not exists (select 1 from ledger_line s where s.list_id = l.id)",
            (row, _) ->
                new Left(
                    row.getLong(1),
                    new Sight(
                        row.getString(2),
                        row.getString(3),
                        row.getObject(4, java.time.OffsetDateTime.class).toInstant())),
            repository);
    for (Left list : left) {
      jdbc.update("delete from ledger_need where list_id = ?", list.list());
      jdbc.update("delete from ledger_list where id = ?", list.list());
      jdbc.update(
          "update ledger_use set in_use = false, last_ref = ?, last_commit = ?, last_at = ?"
              + " where repository_id = ? and in_use and not exists"
              + " (select 1 from ledger_need n where n.use_id = ledger_use.id)",
          list.last().ref(),
          list.last().commit(),
          ModuleRows.time(list.last().at()),
          repository);
    }
    jdbc.update(
        "update ledger_use set in_use = true where repository_id = ? and not in_use and exists"
            + " (select 1 from ledger_need n where n.use_id = ledger_use.id)",
        repository);
  }
}
