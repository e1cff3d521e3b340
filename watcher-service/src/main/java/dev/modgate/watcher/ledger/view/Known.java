package dev.modgate.watcher.ledger.view;

import dev.modgate.gomod.proxy.Latest;
import dev.modgate.gomod.semver.Version;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// What is known of some modules besides who uses them: their versions, states, and who brought
/// them in. For one answer.
final class Known {
  private static final int CHUNK = 500;

  private record Key(String path, String version, String want) {}

  private record Row(String state, Use.@Nullable BroughtIn broughtIn) {}

  private final Map<Key, Row> rows = new HashMap<>();
  private final Map<String, List<Version>> versions = new HashMap<>();

  private Known() {}

  static Known of(JdbcTemplate jdbc, Collection<String> paths) {
    var known = new Known();
    List<String> all = paths.stream().distinct().sorted().toList();
    for (int start = 0; start < all.size(); start += CHUNK) {
      Object[] chunk = all.subList(start, Math.min(all.size(), start + CHUNK)).toArray();
      String places = String.join(",", Collections.nCopies(chunk.length, "?"));
      jdbc.query(
          "select path, version, want, state, brought_by, brought_at from module where path in ("
              + places
              + ")",
          (ResultSet row) -> {
            OffsetDateTime at = row.getObject("brought_at", OffsetDateTime.class);
            Use.BroughtIn broughtIn =
                at == null ? null : new Use.BroughtIn(row.getString("brought_by"), at.toInstant());
            known.add(
                new Key(row.getString("path"), row.getString("version"), row.getString("want")),
                new Row(row.getString("state"), broughtIn));
          },
          chunk);
      jdbc.query(
          "select path, version, incompatible from newest_known where path in (" + places + ")",
          (ResultSet row) -> {
            known.add(row.getString(1), row.getString(2));
            known.add(row.getString(1), row.getString(3));
          },
          chunk);
    }
    return known;
  }

  /// What is inside is known too.
  private void add(Key key, Row row) {
    rows.put(key, row);
    if (row.state().equals("inside")) {
      add(key.path(), key.version());
    }
  }

  private void add(String path, @Nullable String version) {
    if (version != null) {
      versions.computeIfAbsent(path, _ -> new ArrayList<>()).add(Version.parse(version));
    }
  }

  /// A `+incompatible` version counts for who uses one, and where there is no other.
  Optional<Version> newest(String path, Version used) {
    List<Version> all = versions.getOrDefault(path, List.of());
    Optional<Version> compatible =
        Latest.of(all.stream().filter(version -> !version.isIncompatible()).toList());
    return used.isIncompatible() ? Latest.of(all) : compatible.or(() -> Latest.of(all));
  }

  /// A pre-release or a pseudo-version may be newer than the newest release.
  boolean isBehind(String path, Version used) {
    return newest(path, used).map(newest -> newest.compareTo(used) > 0).orElse(false);
  }

  /// The zip inside answers for the go.mod too.
  @Nullable String state(String path, String version, String want) {
    Row whole = rows.get(new Key(path, version, "ZIP"));
    if (whole != null && whole.state().equals("inside")) {
      return whole.state();
    }
    Row row = rows.get(new Key(path, version, want));
    return row == null ? null : row.state();
  }

  Use.@Nullable BroughtIn broughtIn(String path, String version, String want) {
    Row row = rows.get(new Key(path, version, want));
    return row == null ? null : row.broughtIn();
  }
}
