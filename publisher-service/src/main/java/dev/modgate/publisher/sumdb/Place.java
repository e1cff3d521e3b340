package dev.modgate.publisher.sumdb;

import dev.modgate.gomod.tlog.Tile;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.trust.TrustLayout;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Where tiles of one database lie, true or not.
record Place(ObjectSource objects, Function<String, ObjectKey> keys) {
  /// Of the largest tile.
  static final int MAX_BYTES = 8 << 10;

  /// What verifiers have kept.
  static Place ofVerifiers(ObjectSource blobs, String database) {
    return new Place(blobs, new TrustLayout(database)::object);
  }

  /// A zone store, or a replica.
  static Place inside(ObjectSource zone, String database) {
    return new Place(zone, path -> ZoneLayout.sumdb(database, path));
  }

  /// The tile itself, else the beginning of the full one.
  Optional<byte[]> read(Tile tile) throws IOException {
    Optional<byte[]> exact = exact(tile);
    return exact.isPresent() || tile.isFull()
        ? exact
        : exact(tile.full()).map(full -> Arrays.copyOf(full, tile.bytes()));
  }

  /// Empty also where it has another length.
  Optional<byte[]> exact(Tile tile) throws IOException {
    try (ObjectReader open = objects.open(keys.apply(tile.path())).orElse(null)) {
      return open == null || open.stat().size() != tile.bytes()
          ? Optional.empty()
          : Optional.of(open.readAll(MAX_BYTES));
    }
  }
}
