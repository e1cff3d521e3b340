package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.sumdb.LookupReply;
import dev.modgate.gomod.sumdb.SumDbException;
import dev.modgate.gomod.tlog.Tile;
import dev.modgate.gomod.tlog.TlogHash;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tiles that are made again of what they are made of, as far as that is inside: the hashes of a
/// tile are those of records, or stand for the tiles below it. What is not inside is taken from the
/// bytes that lie there, which may be right elsewhere. Believed by nobody who has not proven it.
final class MadeTiles implements ProvenTiles.Candidates {
  private final String database;
  private final ObjectStore zone;
  private final Place place;
  private @Nullable Map<Long, TlogHash> records;

  MadeTiles(String database, ObjectStore zone) {
    this.database = database;
    this.zone = zone;
    this.place = Place.inside(zone, database);
  }

  @Override
  public Optional<byte[]> of(Tile tile) throws IOException {
    byte[] bytes = place.read(tile).orElseGet(() -> new byte[tile.bytes()]);
    long first = tile.number() << tile.height();
    boolean any = false;
    for (int i = 0; i < tile.width(); i++) {
      Optional<TlogHash> hash =
          tile.level() == 0
              ? Optional.ofNullable(records().get(first + i))
              : below(new Tile(tile.height(), tile.level() - 1, first + i, 1).full());
      if (hash.isPresent()) {
        hash.get().put(bytes, i * TlogHash.BYTES);
        any = true;
      }
    }
    return any ? Optional.of(bytes) : Optional.empty();
  }

  private Optional<TlogHash> below(Tile full) throws IOException {
    return place.exact(full).map(full::top);
  }

  /// Of all lookups inside; read once, because this is asked where nothing else helps.
  private Map<Long, TlogHash> records() throws IOException {
    Map<Long, TlogHash> known = records;
    if (known == null) {
      known = new HashMap<>();
      for (ObjectKey lookup : lookups()) {
        byte[] bytes = DatabaseTruth.read(zone, lookup, LookupReply.MAX_BYTES);
        try {
          if (bytes != null) {
            LookupReply reply = LookupReply.parse(bytes);
            known.put(reply.id(), TlogHash.leaf(reply.recordBytes()));
          }
        } catch (SumDbException e) {
          // a damaged one makes no tile, and is told where it is looked at
        }
      }
      records = known;
    }
    return known;
  }

  private List<ObjectKey> lookups() throws IOException {
    try (Stream<ObjectStat> all = zone.list(ZoneLayout.sumdb(database, "lookup").value())) {
      return all.map(ObjectStat::key).toList();
    }
  }
}
