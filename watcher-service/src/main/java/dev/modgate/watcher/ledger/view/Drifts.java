package dev.modgate.watcher.ledger.view;

import dev.modgate.gomod.proxy.Latest;
import dev.modgate.gomod.semver.Version;
import dev.modgate.watcher.api.Cursor;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Finds modules at different versions. What counts of a repository is the highest version that any
/// of its lines builds with: a go.sum names older ones too, and the highest is what `go` picks.
final class Drifts {
  private static final int MOST_NAMED = 100;

  private final JdbcTemplate jdbc;

  Drifts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param next where there may be more
  record Page(List<Drift> drift, @Nullable String next) {}

  /// In the order of paths.
  ///
  /// @param owner of the repositories that are looked at; null for all
  Page page(@Nullable String owner, @Nullable String after, int limit) {
    Optional<String> path = Cursor.read(after, 1).map(List::getFirst);
    var found = new ArrayList<Drift>();
    while (found.size() < limit) {
      List<String> candidates = candidates(owner, path, limit);
      Map<String, Map<Drift.User, Version>> picks = picks(owner, candidates);
      Known known = Known.of(jdbc, candidates);
      for (String candidate : candidates) {
        Map<Drift.User, Version> picked = picks.getOrDefault(candidate, Map.of());
        path = Optional.of(candidate);
        if (picked.values().stream().distinct().count() > 1) {
          found.add(drift(candidate, picked, known));
          if (found.size() == limit) {
            return new Page(found, Cursor.of(candidate));
          }
        }
      }
      if (candidates.size() < limit) {
        break;
      }
    }
    return new Page(found, null);
  }

  private static LedgerFilter building(@Nullable String owner) {
    return new LedgerFilter().inUse().want("zip").owner(owner);
  }

  private List<String> candidates(@Nullable String owner, Optional<String> after, int limit) {
    LedgerFilter filter = building(owner);
    after.ifPresent(path -> filter.and("u.path > ?", path));
    return jdbc.queryForList(
        "select u.path from ledger_use u join ledger_repository r on r.id = u.repository_id where "
            + filter.condition()
            + " group by u.path having count(distinct u.version) > 1 order by u.path limit "
            + limit,
        String.class,
        filter.arguments());
  }

  private Map<String, Map<Drift.User, Version>> picks(@Nullable String owner, List<String> paths) {
    Map<String, Map<Drift.User, Version>> picks = new TreeMap<>();
    if (paths.isEmpty()) {
      return picks;
    }
    LedgerFilter filter =
        building(owner)
            .and(
                "u.path in (" + String.join(",", Collections.nCopies(paths.size(), "?")) + ")",
                paths.toArray());
    Comparator<Drift.User> byName =
        Comparator.comparing(Drift.User::source).thenComparing(Drift.User::repository);
    jdbc.query(
        "select u.path, u.version, r.source, r.repository, r.owner"
            + " from ledger_use u join ledger_repository r on r.id = u.repository_id where "
            + filter.condition(),
        (ResultSet row) -> {
          var user = new Drift.User(row.getString(3), row.getString(4), row.getString(5));
          picks
              .computeIfAbsent(row.getString(1), _ -> new TreeMap<>(byName))
              .merge(user, Version.parse(row.getString(2)), (a, b) -> a.compareTo(b) > 0 ? a : b);
        },
        filter.arguments());
    return picks;
  }

  private static Drift drift(String path, Map<Drift.User, Version> picked, Known known) {
    Map<Version, List<Drift.User>> users = new TreeMap<>();
    picked.forEach(
        (user, version) -> users.computeIfAbsent(version, _ -> new ArrayList<>()).add(user));
    Version highest = Latest.of(users.keySet()).orElseThrow();
    return new Drift(
        path,
        known.newest(path, highest).map(Version::toString).orElse(null),
        users.entrySet().stream()
            .map(entry ->
                new Drift.Users(
                    entry.getKey().toString(),
                    known.isBehind(path, entry.getKey()),
                    entry.getValue().size(),
                    entry.getValue().stream().limit(MOST_NAMED).toList()))
            .toList());
  }
}
