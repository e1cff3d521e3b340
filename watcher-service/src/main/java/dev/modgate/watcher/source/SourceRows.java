package dev.modgate.watcher.source;

import dev.modgate.watcher.catalog.ModuleRows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/// The tables `source` and `source_change`.
public final class SourceRows {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final JdbcTemplate jdbc;

  public SourceRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// Where a source is declared.
  enum Declared {
    SETTINGS,
    API;

    String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// @param change `added`, `changed` or `removed`
  /// @param declared `settings` or `api`
  /// @param definition of what was removed, the last one
  public record Change(String change, String declared, SourceDeclaration definition, Instant at) {}

  Map<String, SourceDeclaration> all() {
    var all = new TreeMap<String, SourceDeclaration>();
    jdbc.query(
        "select name, definition from source",
        row -> {
          all.put(row.getString(1), read(row.getString(2)));
        });
    return all;
  }

  Optional<SourceDeclaration> find(String name) {
    return jdbc
        .query(
            "select definition from source where name = ?",
            (row, _) -> read(row.getString(1)),
            name)
        .stream()
        .findFirst();
  }

  /// @return whether anything changed
  boolean put(String name, SourceDeclaration declaration, Instant now) {
    Optional<SourceDeclaration> before = find(name);
    if (before.equals(Optional.of(declaration))) {
      return false;
    }
    jdbc.update("delete from source where name = ?", name);
    jdbc.update(
        "insert into source (name, definition, updated_at) values (?,?,?)",
        name,
        JSON.writeValueAsString(declaration),
        ModuleRows.time(now));
    note(name, before.isPresent() ? "changed" : "added", Declared.API, declaration, now);
    return true;
  }

  /// @return whether it was there
  boolean remove(String name, Instant now) {
    Optional<SourceDeclaration> before = find(name);
    before.ifPresent(declaration -> {
      jdbc.update("delete from source where name = ?", name);
      note(name, "removed", Declared.API, declaration, now);
    });
    return before.isPresent();
  }

  /// Notes what differs from the settings of the last start.
  void settle(Map<String, SourceDeclaration> settings, Instant now) {
    var last = new TreeMap<String, Change>();
    jdbc.query(
        "select source, change, declared, definition, at from source_change where declared ="
            + " 'settings' order by id",
        row -> {
          last.put(
              row.getString("source"),
              new Change(
                  row.getString("change"),
                  row.getString("declared"),
                  read(row.getString("definition")),
                  row.getObject("at", OffsetDateTime.class).toInstant()));
        });
    settings.forEach((name, declaration) -> {
      Change before = last.get(name);
      if (before == null || before.change().equals("removed")) {
        note(name, "added", Declared.SETTINGS, declaration, now);
      } else if (!before.definition().equals(declaration)) {
        note(name, "changed", Declared.SETTINGS, declaration, now);
      }
    });
    last.forEach((name, before) -> {
      if (!before.change().equals("removed") && !settings.containsKey(name)) {
        note(name, "removed", Declared.SETTINGS, before.definition(), now);
      }
    });
  }

  /// The newest first.
  List<Change> history(String name, int limit) {
    return jdbc.query(
        "select change, declared, definition, at from source_change where source = ?"
            + " order by id desc limit "
            + limit,
        (row, _) ->
            new Change(
                row.getString("change"),
                row.getString("declared"),
                read(row.getString("definition")),
                row.getObject("at", OffsetDateTime.class).toInstant()),
        name);
  }

  /// The names of a group's repositories.
  List<String> repositories(String source) {
    return jdbc.queryForList(
        "select repository from source_repository where source = ? and left_at is null"
            + " order by repository",
        String.class,
        source);
  }

  private void note(
      String name, String change, Declared declared, SourceDeclaration declaration, Instant now) {
    jdbc.update(
        "insert into source_change (source, change, declared, definition, at) values (?,?,?,?,?)",
        name,
        change,
        declared.wireName(),
        JSON.writeValueAsString(declaration),
        ModuleRows.time(now));
  }

  private static SourceDeclaration read(String json) {
    return JSON.readValue(json, SourceDeclaration.class);
  }
}
