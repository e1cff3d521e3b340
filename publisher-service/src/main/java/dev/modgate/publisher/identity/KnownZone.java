package dev.modgate.publisher.identity;

import dev.modgate.pipeline.store.Durability;
import dev.modgate.pipeline.store.FileObjectSource;
import dev.modgate.pipeline.store.FileObjectStore;
import dev.modgate.pipeline.store.LateStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.zone.ZoneIdentity;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the zone store for as long as it is the one that is remembered. Looks again every second.
public final class KnownZone implements LateStore.Opening {
  private static final Logger log = LoggerFactory.getLogger(KnownZone.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /// Where the blob store has which zone store is published to.
  static final ObjectKey REMEMBERED = new ObjectKey("trust/zone.json");

  /// Whoever looks for what is not there learns whether the store is.
  private static final ObjectKey ABSENT = new ObjectKey("_modgate/absent");

  private final Path folder;
  private final ObjectStore blobs;
  private final InstantSource clock;
  private final Duration every;
  private @Nullable ZoneIdentity expected;
  private @Nullable FileObjectStore opened;
  private volatile @Nullable Seen seen;

  /// @param at by the clock that only goes forward, in ns
  private record Seen(ObjectStore store, ZoneIdentity identity, long at) {}

  /// @param blobs durable
  public KnownZone(Path folder, ObjectStore blobs) {
    this(folder, blobs, InstantSource.system(), LOOK_EVERY);
  }

  KnownZone(Path folder, ObjectStore blobs, InstantSource clock, Duration every) {
    this.folder = folder;
    this.blobs = blobs;
    this.clock = clock;
    this.every = every;
  }

  /// Whether no store was ever published to, so that one may begin here.
  public boolean isFirst() {
    try {
      return Identities.read(blobs, REMEMBERED).isEmpty();
    } catch (IOException e) {
      return false; // said to whoever uses the store
    }
  }

  /// @throws IOException where another store lies there, or none
  @Override
  public ObjectStore open() throws IOException {
    return look().store;
  }

  /// @throws IOException as [#open] does
  ZoneIdentity identity() throws IOException {
    return look().identity;
  }

  private Seen look() throws IOException {
    Seen last = seen;
    return last != null && System.nanoTime() - last.at < every.toNanos() ? last : lookNow();
  }

  private synchronized Seen lookNow() throws IOException {
    Seen last = seen;
    if (last != null && System.nanoTime() - last.at < every.toNanos()) {
      return last; // another thread has looked meanwhile
    }
    seen = null;
    ZoneIdentity known = expected == null ? remembered().orElse(null) : expected;
    if (known != null && strangeness(known).isPresent()) {
      known = remembered().orElse(null); // somebody may have declared another one
    }
    if (known == null) {
      known = adopted();
    }
    Optional<String> strange = strangeness(known);
    if (strange.isPresent()) {
      throw new StrangeZoneException(strange.get());
    }
    expected = known;
    Seen now = new Seen(store(), known, System.nanoTime());
    seen = now;
    return now;
  }

  private Optional<ZoneIdentity> remembered() throws IOException {
    try {
      return Identities.read(blobs, REMEMBERED);
    } catch (IOException e) {
      throw new IOException("the blob store can't be read: " + e.getMessage(), e);
    }
  }

  /// What lies there is from now on the one.
  private ZoneIdentity adopted() throws IOException {
    ZoneIdentity identity = Identities.of(store(), ZoneIdentity.next(clock.instant()));
    ZoneIdentity remembered = Identities.keep(blobs, REMEMBERED, identity);
    log.info("zone store {} at \"{}\" is published to from now on", remembered, folder);
    return remembered;
  }

  /// Opened again where it was put back without what a writer keeps there.
  private ObjectStore store() throws IOException {
    FileObjectStore store = opened;
    try {
      if (store != null && store.stat(ABSENT).isEmpty()) {
        return store;
      }
    } catch (IOException e) {
      log.debug("zone store \"{}\" is opened again: {}", folder, e.toString());
    }
    store = new FileObjectStore(folder, Durability.FSYNC);
    opened = store;
    return store;
  }

  /// Why what lies there is not the one; empty where it is. Only reads.
  private Optional<String> strangeness(ZoneIdentity known) {
    String fault = "no such folder is there";
    try {
      Optional<ZoneIdentity> there =
          Files.isDirectory(folder)
              ? Identities.read(new FileObjectSource(folder), ZoneLayout.identity())
              : Optional.empty();
      if (there.filter(known::equals).isPresent()) {
        return Optional.empty();
      }
      if (there.isPresent()) {
        fault = "zone store " + there.get() + " lies there";
      } else if (Files.isDirectory(folder)) {
        fault = "what lies there has no \"" + ZoneLayout.identity() + "\"";
      }
    } catch (IOException e) {
      fault = String.valueOf(e.getMessage());
    }
    return Optional.of(
        "zone store "
            + known
            + " is expected at \""
            + folder
            + "\", but "
            + fault
            + ": mount or restore it there; where the one there is meant, remove \""
            + REMEMBERED
            + "\" from the blob store");
  }
}
