package dev.modgate.watcher.claim;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.watcher.plan.PlanItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Reads the `claim` table, and judges by it.
public final class Claims {
  private static final int PAGE = 500;
  private static final String OPEN_ITEMS =
      " from sync_item i join sync s on s.id = i.sync_id"
          + " where i.path = ? and i.version = ? and s.finished_at is null";

  private final JdbcTemplate jdbc;

  public Claims(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// The unfinished syncs that need any of these.
  public Set<String> openSyncsOf(Collection<ModuleVersion> modules) {
    Set<String> syncs = new LinkedHashSet<>();
    for (ModuleVersion module : modules) {
      syncs.addAll(
          jdbc.queryForList(
              "select i.sync_id" + OPEN_ITEMS, String.class, about(module).toArray()));
    }
    return syncs;
  }

  /// What a sync claims.
  public Map<ModuleVersion, List<Claim>> of(String sync) {
    Map<ModuleVersion, List<Claim>> claims = new HashMap<>();
    jdbc.query(
        "select path, version, subject, hash, file, line from claim where sync_id = ?",
        row -> {
          var module = ModuleVersion.parse(row.getString(1) + "@" + row.getString(2));
          claims.computeIfAbsent(module, _ -> new ArrayList<>(2)).add(claim(row));
        },
        sync);
    return claims;
  }

  /// What this sync needs and another unfinished one does too.
  public Set<ModuleVersion> neededByOthersToo(String sync) {
    return new HashSet<>(
        jdbc.query(
            "select distinct i.path, i.version from sync_item mine"
                + " join sync_item i on i.path = mine.path and i.version = mine.version"
                + " and i.sync_id <> mine.sync_id"
                + " join sync s on s.id = i.sync_id"
                + " where mine.sync_id = ? and s.finished_at is null",
            (row, _) -> ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
            sync));
  }

  /// The unfinished syncs that need this module version.
  public Origins originsOf(ModuleVersion module) {
    Map<String, List<Claim>> chosen = new LinkedHashMap<>();
    Set<Origins.Said> said = new HashSet<>();
    List<String> news = withOtherClaims(module, said);
    while (!news.isEmpty() && chosen.size() < ModuleRequested.MAX_ORIGINS) {
      List<Claim> claims = claims(news.getFirst(), module);
      chosen.put(news.getFirst(), claims);
      claims.forEach(claim -> said.add(Origins.Said.by(claim)));
      news = withOtherClaims(module, said);
    }
    for (String sync : besides(chosen.keySet(), module)) {
      chosen.put(sync, claims(sync, module));
    }
    Integer count =
        jdbc.queryForObject("select count(*)" + OPEN_ITEMS, Integer.class, about(module).toArray());
    var carried = new ArrayList<Origin>();
    chosen.forEach((sync, claims) -> carried.add(new Origin(sync, claims)));
    return new Origins(carried, count == null ? carried.size() : count);
  }

  /// The oldest unfinished sync that claims something which nobody said; empty where there is none.
  private List<String> withOtherClaims(ModuleVersion module, Set<Origins.Said> said) {
    List<Object> arguments = about(module);
    said.forEach(one -> {
      arguments.add(one.subject().name());
      arguments.add(one.hash().value());
    });
    return jdbc.queryForList(
        "select c.sync_id from claim c join sync s on s.id = c.sync_id"
            + " where c.path = ? and c.version = ? and s.finished_at is null"
            + " and not (c.subject = ? and c.hash = ?)".repeat(said.size())
            + " order by s.created_at, s.id limit 1",
        String.class,
        arguments.toArray());
  }

  /// As many more as an event has room for, those with claims first.
  private List<String> besides(Set<String> chosen, ModuleVersion module) {
    int room = ModuleRequested.MAX_ORIGINS - chosen.size();
    if (room == 0) {
      return List.of();
    }
    List<Object> arguments = about(module);
    arguments.addAll(chosen);
    String places = String.join(",", Collections.nCopies(chosen.size(), "?"));
    return jdbc.queryForList(
        "select i.sync_id"
            + OPEN_ITEMS
            + (chosen.isEmpty() ? "" : " and i.sync_id not in (" + places + ")")
            + " order by case when exists (select 1 from claim c where c.path = i.path"
            + " and c.version = i.version and c.sync_id = i.sync_id) then 0 else 1 end,"
            + " s.created_at, s.id limit "
            + room,
        String.class,
        arguments.toArray());
  }

  private List<Claim> claims(String sync, ModuleVersion module) {
    List<Object> arguments = about(module);
    arguments.add(sync);
    return jdbc.query(
        "select subject, hash, file, line from claim"
            + " where path = ? and version = ? and sync_id = ? order by line",
        (row, _) -> claim(row),
        arguments.toArray());
  }

  /// Fails the items of those syncs that claim other hashes than what is inside has, however many
  /// they are. Finished ones too: what was refused when they ended is inside now, but not as they
  /// claim it.
  ///
  /// @param zipHash null where only the go.mod is inside
  public void failContradicting(ModuleVersion module, @Nullable H1 zipHash, H1 goModHash) {
    String after = "";
    while (true) {
      SequencedMap<String, String> failures = contradictions(module, zipHash, goModHash, after);
      if (failures.isEmpty()) {
        return;
      }
      jdbc.batchUpdate(
          "update sync_item set claim_failure = ? where sync_id = ? and path = ? and version = ?",
          failures.entrySet().stream()
              .map(failure ->
                  new Object[] {
                    failure.getValue(),
                    failure.getKey(),
                    module.path().value(),
                    module.version().toString()
                  })
              .toList());
      after = failures.lastEntry().getKey();
    }
  }

  /// A sentence for each of the next syncs in the order of their ids.
  private SequencedMap<String, String> contradictions(
      ModuleVersion module, @Nullable H1 zipHash, H1 goModHash, String after) {
    List<Object> arguments = about(module);
    arguments.add(after);
    arguments.add(goModHash.value());
    if (zipHash != null) {
      arguments.add(zipHash.value());
    }
    var failures = new LinkedHashMap<String, String>();
    jdbc.query(
        "select sync_id, subject, hash, file, line from claim"
            + " where path = ? and version = ? and sync_id > ?"
            + " and (subject = 'GO_MOD' and hash <> ?"
            + (zipHash == null ? "" : " or subject = 'ZIP' and hash <> ?")
            + ") order by sync_id, line limit "
            + PAGE,
        row -> {
          String sync = row.getString("sync_id");
          PlanItem.contradiction(module, claim(row), zipHash, goModHash)
              .ifPresent(sentence -> failures.putIfAbsent(sync, sentence));
        },
        arguments.toArray());
    return failures;
  }

  private static Claim claim(ResultSet row) throws SQLException {
    return new Claim(
        Claim.Subject.valueOf(row.getString("subject")),
        new H1(row.getString("hash")),
        row.getString("file"),
        row.getInt("line"));
  }

  private static List<Object> about(ModuleVersion module) {
    return new ArrayList<>(List.of(module.path().value(), module.version().toString()));
  }
}
