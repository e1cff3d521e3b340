package dev.modgate.watcher.ledger;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.proxy.Latest;
import dev.modgate.gomod.semver.Version;
import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/// The `newest_known` table: the newest version of each module that an upstream was seen to have,
/// by the rule of {@link Latest}. `+incompatible` versions are kept apart: whether they count is
/// for who asks. For many threads; outside of transactions.
public final class NewestKnown {
  private final JdbcTemplate jdbc;

  public NewestKnown(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public void seen(ModulePath path, Version version, Instant when) {
    seen(path, List.of(version), when);
  }

  /// Older ones than are known change nothing.
  public void seen(ModulePath path, Collection<Version> versions, Instant when) {
    if (versions.isEmpty()) {
      return;
    }
    while (true) {
      Optional<Row> before = find(path);
      Row after = Row.of(before, versions);
      try {
        if (before.equals(Optional.of(after))
            || (before.isEmpty()
                ? add(path, after, when)
                : change(path, before.get(), after, when))) {
          return;
        }
      } catch (DuplicateKeyException e) {
        // another was first: look again
      }
    }
  }

  private record Row(@Nullable String version, @Nullable String incompatible) {
    static Row of(Optional<Row> before, Collection<Version> versions) {
      var plain = new ArrayList<Version>();
      var incompatible = new ArrayList<Version>();
      versions.forEach(one -> (one.isIncompatible() ? incompatible : plain).add(one));
      before.map(Row::version).map(Version::parse).ifPresent(plain::add);
      before.map(Row::incompatible).map(Version::parse).ifPresent(incompatible::add);
      return new Row(text(plain), text(incompatible));
    }

    private static @Nullable String text(Collection<Version> versions) {
      return Latest.of(versions).map(Version::toString).orElse(null);
    }
  }

  private Optional<Row> find(ModulePath path) {
    return jdbc
        .query(
            "select version, incompatible from newest_known where path = ?",
            (row, _) -> new Row(row.getString(1), row.getString(2)),
            path.value())
        .stream()
        .findFirst();
  }

  private boolean add(ModulePath path, Row row, Instant when) {
    return jdbc.update(
            "insert into newest_known (path, version, incompatible, seen_at) values (?,?,?,?)",
            path.value(),
            row.version(),
            row.incompatible(),
            ModuleRows.time(when))
        == 1;
  }

  /// @return false where another changed it meanwhile
  private boolean change(ModulePath path, Row before, Row after, Instant when) {
    return jdbc.update(
            "update newest_known set version = ?, incompatible = ?, seen_at = ? where path = ?"
                + " and coalesce(version, '') = ? and coalesce(incompatible, '') = ?",
            after.version(),
            after.incompatible(),
            ModuleRows.time(when),
            path.value(),
            String.valueOf(before.version() == null ? "" : before.version()),
            String.valueOf(before.incompatible() == null ? "" : before.incompatible()))
        == 1;
  }
}
