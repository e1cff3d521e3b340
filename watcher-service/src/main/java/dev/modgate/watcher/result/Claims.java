package dev.modgate.watcher.result;

import dev.modgate.gomod.dirhash.H1;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Claim;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.Origin;
import dev.modgate.watcher.plan.PlanItem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// What the unfinished syncs claim.
public final class Claims {
  private static final int MOST_SYNCS = 100;

  private final JdbcTemplate jdbc;

  public Claims(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// Those that wait for an answer about any of these.
  Set<String> openSyncsOf(Collection<ModuleVersion> modules) {
    Set<String> syncs = new LinkedHashSet<>();
    for (ModuleVersion module : modules) {
      syncs.addAll(
          jdbc.queryForList(
              "select i.sync_id from sync_item i join sync s on s.id = i.sync_id"
                  + " where i.path = ? and i.version = ? and s.finished_at is null",
              String.class,
              module.path().value(),
              module.version().toString()));
    }
    return syncs;
  }

  /// Every unfinished sync that needs this module version, oldest first, those with claims before
  /// those without.
  List<Origin> originsOf(ModuleVersion module) {
    Map<String, List<Claim>> bySync = new LinkedHashMap<>();
    jdbc.query(
        "select i.sync_id, c.subject, c.hash, c.file, c.line from sync_item i"
            + " join sync s on s.id = i.sync_id"
            + " left join claim c on c.sync_id = i.sync_id and c.path = i.path and c.version = i.version"
            + " where i.path = ? and i.version = ? and s.finished_at is null"
            + " order by s.created_at limit "
            + 2 * MOST_SYNCS,
        row -> {
          List<Claim> claims =
              bySync.computeIfAbsent(row.getString("sync_id"), _ -> new ArrayList<>());
          if (row.getString("hash") != null) {
            claims.add(
                new Claim(
                    Claim.Subject.valueOf(row.getString("subject")),
                    new H1(row.getString("hash")),
                    row.getString("file"),
                    row.getInt("line")));
          }
        },
        module.path().value(),
        module.version().toString());
    var origins = new ArrayList<Origin>();
    bySync.forEach((sync, claims) -> origins.add(new Origin(sync, claims)));
    origins.sort(java.util.Comparator.comparing(origin -> origin.claims().isEmpty()));
    return origins;
  }

  /// At most as many as an event carries; those that say something new first.
  static List<Origin> most(List<Origin> origins) {
    Set<H1> said = new HashSet<>();
    var first = new ArrayList<Origin>();
    var rest = new ArrayList<Origin>();
    for (Origin origin : origins) {
      boolean news = false;
      for (Claim claim : origin.claims()) {
        news |= said.add(claim.hash());
      }
      (news ? first : rest).add(origin);
    }
    first.addAll(rest);
    return first.subList(0, Math.min(first.size(), ModuleRequested.MAX_ORIGINS));
  }

  /// Whether these origins claim a hash that those did not, and there is room to say it.
  static boolean saysMore(List<Origin> all, List<Origin> carried) {
    return carried.size() < ModuleRequested.MAX_ORIGINS
        && !hashes(carried).containsAll(hashes(all));
  }

  private static Set<H1> hashes(List<Origin> origins) {
    Set<H1> hashes = new HashSet<>();
    origins.forEach(origin -> origin.claims().forEach(claim -> hashes.add(claim.hash())));
    return hashes;
  }

  /// Fails the items of those syncs that claim other hashes than what is inside has.
  void failContradicting(ModuleVersion module, @Nullable H1 zipHash, H1 goModHash) {
    for (Origin origin : originsOf(module)) {
      origin.claims().stream()
          .flatMap(c -> PlanItem.contradiction(module, c, zipHash, goModHash).stream())
          .findFirst()
          .ifPresent(sentence ->
              jdbc.update(
                  "update sync_item set claim_failure = ? where sync_id = ? and path = ?"
                      + " and version = ?",
                  sentence,
                  origin.sync(),
                  module.path().value(),
                  module.version().toString()));
    }
  }
}
