package dev.modgate.publisher.identity;

import dev.modgate.pipeline.store.LateFolder;
import dev.modgate.pipeline.store.LateStore;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneIdentity;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Opens a replica for as long as it is one of the zone at hand. One that has no identity is given
/// that of the zone. Looks again every second.
public final class KnownReplica implements LateStore.Opening {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final String name;
  private final LateFolder replica;
  private final KnownZone zone;
  private final Duration every;
  private volatile @Nullable Seen seen;

  /// @param at by the clock that only goes forward, in ns
  private record Seen(ObjectStore store, long at) {}

  public KnownReplica(String name, LateFolder replica, KnownZone zone) {
    this(name, replica, zone, LOOK_EVERY);
  }

  KnownReplica(String name, LateFolder replica, KnownZone zone, Duration every) {
    this.name = name;
    this.replica = replica;
    this.zone = zone;
    this.every = every;
  }

  /// @throws IOException where it is of another zone, or either of the two is not there
  @Override
  public ObjectStore open() throws IOException {
    Seen last = seen;
    if (last != null && System.nanoTime() - last.at < every.toNanos()) {
      return last.store;
    }
    seen = null;
    ZoneIdentity wanted = zone.identity();
    ObjectStore store = replica.open();
    ZoneIdentity there;
    try {
      there = Identities.of(store, wanted);
    } catch (IOException e) {
      replica.forget(); // somebody may have given it an empty folder
      store = replica.open();
      there = Identities.of(store, wanted);
    }
    if (!there.equals(wanted)) {
      throw new StrangeZoneException(
          "replica "
              + name
              + " is of zone store "
              + there
              + ", but published to is "
              + wanted
              + ": nothing is read from it or written to it; give it an empty folder");
    }
    seen = new Seen(store, System.nanoTime());
    return store;
  }
}
