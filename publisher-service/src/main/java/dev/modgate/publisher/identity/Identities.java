package dev.modgate.publisher.identity;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneIdentity;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.Optional;

/// Reads and writes the identity of a store, and what is remembered of one.
final class Identities {
  private Identities() {}

  /// @throws IOException also where it can't be read
  static Optional<ZoneIdentity> read(ObjectSource store, ObjectKey key) throws IOException {
    try (ObjectReader reader = store.open(key).orElse(null)) {
      return reader == null
          ? Optional.empty()
          : Optional.of(ZoneIdentity.read(reader.readAll(ZoneIdentity.MAX_BYTES)));
    }
  }

  /// The identity of a zone store or a replica, which is given one where it has none.
  static ZoneIdentity of(ObjectStore store, ZoneIdentity otherwise) throws IOException {
    Optional<ZoneIdentity> there = read(store, ZoneLayout.identity());
    return there.isPresent() ? there.get() : keep(store, ZoneLayout.identity(), otherwise);
  }

  /// What is there from now on: another one may have been quicker.
  static ZoneIdentity keep(ObjectStore store, ObjectKey key, ZoneIdentity identity)
      throws IOException {
    if (store.compareAndSwap(key, Optional.empty(), identity.toJson())) {
      return identity;
    }
    return read(store, key).orElseThrow(() -> new IOException("\"" + key + "\" came and went"));
  }
}
