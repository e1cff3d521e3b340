package dev.modgate.watcher.walk;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.watcher.catalog.ModuleState;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// What became of the modules that a sync has by now.
final class WalkItems {
  private static final int CHUNK = 500;

  private final JdbcTemplate jdbc;

  WalkItems(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /// @param asked whether it was asked for since the sync began
  record Item(ModuleState state, boolean asked, @Nullable String reason, Instant since) {

    /// Whether its go.mod will not come.
    ///
    /// @param toldBefore what is inside since before that should have been told by now
    boolean isHopeless(Instant toldBefore) {
      return switch (state) {
        case REJECTED, ABSENT, WITHDRAWN, GIVEN_UP -> true;
        case INSIDE -> asked && since.isBefore(toldBefore); // by a verifier of an earlier release
        case REQUESTED, FETCHED, VERIFIED, DEFERRED -> false;
      };
    }

    @Nullable String sentence() {
      return state == ModuleState.INSIDE
          ? "it is inside, but the verifier did not tell what its go.mod requires"
          : reason;
    }
  }

  /// Of those of these that the sync has.
  Map<ModuleVersion, Item> of(String sync, Collection<ModuleVersion> modules) {
    Map<ModuleVersion, Item> found = new HashMap<>();
    List<ModuleVersion> all = List.copyOf(modules);
    for (int start = 0; start < all.size(); start += CHUNK) {
      List<ModuleVersion> chunk = all.subList(start, Math.min(all.size(), start + CHUNK));
      var arguments = new ArrayList<Object>();
      arguments.add(sync);
      chunk.forEach(module -> {
        arguments.add(module.path().value());
        arguments.add(module.version().toString());
      });
      jdbc.query(
          "select i.path, i.version, m.state, i.already_inside, m.sentence, m.updated_at from sync_item i"
              + " join module m on m.path = i.path and m.version = i.version"
              + " and m.want = i.row_want where i.sync_id = ? and (i.path, i.version) in ("
              + String.join(",", Collections.nCopies(chunk.size(), "(?,?)"))
              + ")",
          (ResultSet row) -> {
            found.put(
                ModuleVersion.parse(row.getString(1) + "@" + row.getString(2)),
                new Item(
                    ModuleState.ofWireName(row.getString(3)),
                    !row.getBoolean(4),
                    row.getString(5),
                    row.getObject(6, OffsetDateTime.class).toInstant()));
          },
          arguments.toArray());
    }
    return found;
  }
}
