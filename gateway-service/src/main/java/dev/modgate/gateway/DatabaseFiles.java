package dev.modgate.gateway;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.sumdb.GoSumDb;
import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.sumdb.SumDbRequest;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The checksum database inside. The client proves what it gets; this only finds the files, and the
/// sentence where there is none.
final class DatabaseFiles {
  private static final Logger log = LoggerFactory.getLogger(DatabaseFiles.class);

  private final ObjectSource zone;
  private final Reasons reasons;
  private final NotInside notInside;

  /// Says why a version is not inside.
  interface NotInside {
    Answer why(ModuleVersion module, FileKind kind) throws IOException;
  }

  DatabaseFiles(ObjectSource zone, Reasons reasons, NotInside notInside) {
    this.zone = zone;
    this.reasons = reasons;
    this.notInside = notInside;
  }

  Answer answer(SumDbRequest request) throws IOException {
    String database = request.database();
    try {
      if (!isHere(database)) {
        return new Answer.Absent(reasons.noChecksumDatabase(database));
      }
      return switch (request) {
        case SumDbRequest.Supported _ -> new Answer.Page(reasons.supported(database));
        case SumDbRequest.Latest _ ->
            open(ZoneLayout.sumdb(database, "latest"), FileKind.TREE_HEAD)
                .orElseGet(() -> new Answer.Absent(reasons.emptyDatabase(database)));
        case SumDbRequest.OfTile(_, Tile tile) ->
            open(ZoneLayout.sumdb(database, tile.path()), FileKind.TILE)
                .orElseGet(() -> new Answer.Absent(reasons.noTile(database, tile)));
        case SumDbRequest.Lookup(_, ModuleVersion module) -> lookup(database, module);
      };
    } catch (IllegalArgumentException e) { // longer than a store's key may be
      return new Answer.Absent(reasons.noChecksumDatabase(database));
    }
  }

  /// The public one is always ours to answer for: where 404 is said, the client asks its own host,
  /// which a closed zone can't reach.
  private boolean isHere(String database) throws IOException {
    if (database.equals(GoSumDb.DEFAULT)) {
      return true;
    }
    // opened, and not only looked at: a cache keeps what was opened
    Optional<ObjectReader> supported = zone.open(ZoneLayout.sumdb(database, "supported"));
    if (supported.isPresent()) {
      supported.get().close();
    }
    return supported.isPresent();
  }

  private Answer lookup(String database, ModuleVersion module) throws IOException {
    ObjectKey key = ZoneLayout.sumdbLookup(database, module);
    Optional<ObjectReader> found = zone.open(key);
    if (found.isPresent()) {
      return lookup(database, module, key, found.orElseThrow());
    }
    return zone.stat(ZoneLayout.mod(module)).isPresent()
        ? new Answer.Absent(reasons.notInDatabase(database, module))
        : notInside.why(module, FileKind.MOD);
  }

  /// A `go` command before the fixes of 2026 takes any authentic record for the one it asked for.
  private Answer lookup(String database, ModuleVersion module, ObjectKey key, ObjectReader found)
      throws IOException {
    boolean served = false;
    try {
      if (LookupReply.parse(found.readAll(LookupReply.MAX_BYTES)).isAbout(module)) {
        served = true;
        return new Answer.Found(found, FileKind.LOOKUP);
      }
      log.error("security: \"{}\" is not about {}", key, module);
    } catch (SumDbException e) {
      log.error("security: \"{}\" is no record: {}", key, e.sentence());
    } catch (UnusableObjectException e) {
      log.error("security: \"{}\" is no record: {}", key, e.getMessage());
    } finally {
      if (!served) {
        found.close();
      }
    }
    return new Answer.Refused(reasons.wrongRecord(database, module, key));
  }

  private Optional<Answer> open(ObjectKey key, FileKind kind) throws IOException {
    return zone.open(key).map(object -> new Answer.Found(object, kind));
  }
}
