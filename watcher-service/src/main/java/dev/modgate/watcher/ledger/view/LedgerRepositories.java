package dev.modgate.watcher.ledger.view;

import dev.modgate.watcher.catalog.ModuleRows;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Source.Place;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Has the `ledger_repository` table say what is declared: whose a repository is, and whether it is
/// still there. For many threads.
final class LedgerRepositories {
  private static final Duration FRESH = Duration.ofSeconds(5);

  private final JdbcTemplate jdbc;
  private final Sources sources;
  private final Clock clock;
  private Instant settled = Instant.MIN;
  private Map<String, Source> declared = Map.of();

  LedgerRepositories(JdbcTemplate jdbc, Sources sources, Clock clock) {
    this.jdbc = jdbc;
    this.sources = sources;
    this.clock = clock;
  }

  private record Row(long id, String source, String repository, String owner, boolean gone) {}

  /// What was declared less than five seconds ago may be missing.
  ///
  /// @return the sources by their names
  synchronized Map<String, Source> settle() {
    Instant now = clock.instant();
    if (now.isBefore(settled.plus(FRESH))) {
      return declared;
    }
    Map<String, Source> all = new HashMap<>();
    sources.all().forEach(source -> all.put(source.name(), source));
    Map<String, Set<String>> names = new HashMap<>();
    for (Row row : rows()) {
      Source source = all.get(row.source());
      boolean gone =
          source == null
              || !names
                  .computeIfAbsent(row.source(), _ -> repositories(source))
                  .contains(row.repository());
      settle(row, source, gone, now);
    }
    declared = Map.copyOf(all);
    settled = now;
    return declared;
  }

  /// Of what is removed the last owner is kept.
  private void settle(Row row, @Nullable Source source, boolean gone, Instant now) {
    String owner = source == null ? row.owner() : source.about().owner();
    if (!owner.equals(row.owner())) {
      jdbc.update("update ledger_repository set owner = ? where id = ?", owner, row.id());
    }
    if (gone && !row.gone()) {
      jdbc.update(
          "update ledger_repository set gone_at = ? where id = ?", ModuleRows.time(now), row.id());
    } else if (!gone && row.gone()) {
      jdbc.update("update ledger_repository set gone_at = null where id = ?", row.id());
    }
  }

  private Set<String> repositories(Source source) {
    return switch (source.place()) {
      case Place.Single _, Place.Group _ -> {
        var names = new HashSet<String>();
        sources.repositories(source).stream().map(Repository::name).forEach(names::add);
        yield names;
      }
      case Place.Agent _ -> Set.of(source.name());
    };
  }

  private List<Row> rows() {
    return jdbc.query(
        "select id, source, repository, owner, gone_at is not null from ledger_repository",
        (row, _) ->
            new Row(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5)));
  }
}
