package dev.modgate.publisher;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.Latest;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.zone.ZoneLayout;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Writes `@v/list` and `@latest`: what makes a version visible.
///
/// Versions of one path that arrive while another is being written are added together by whoever
/// comes next. Other processes are met by compare-and-swap.
final class VersionIndex {
  /// A swap lost this often says that something is wrong with the store, not that it is busy.
  private static final int MAX_TRIES = 100;

  private final ObjectStore zone;
  private final PathLocks locks = new PathLocks();
  private final ConcurrentMap<ModulePath, Set<Version>> waiting = new ConcurrentHashMap<>();

  VersionIndex(ObjectStore zone) {
    this.zone = zone;
  }

  /// @param module whose `.zip`, `.mod` and `.info` are inside
  /// @throws IOException when it is not known whether the version is visible now
  void add(ModuleVersion module) throws IOException, InterruptedException {
    ModulePath path = module.path();
    waiting.compute(path, (_, versions) -> plus(versions == null ? Set.of() : versions, module));
    try (var _ = locks.lock(path)) {
      Set<Version> batch = waiting.remove(path);
      if (batch == null || !batch.contains(module.version())) {
        batch = Set.of(module.version()); // in another's batch: look whether that went well
      }
      latest(path, list(path, batch), batch);
    }
  }

  private static Set<Version> plus(Set<Version> versions, ModuleVersion module) {
    var more = new HashSet<>(versions);
    more.add(module.version());
    return Set.copyOf(more);
  }

  /// @return what is listed now
  private Collection<Version> list(ModulePath path, Set<Version> batch) throws IOException {
    ObjectKey key = ZoneLayout.list(path);
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<Stored> stored = read(key, VersionListFile.MAX_BYTES);
      var versions = new TreeSet<Version>();
      stored.ifPresent(s -> versions.addAll(VersionListFile.parse(s.bytes)));
      batch.stream().filter(v -> !v.isPseudo()).forEach(versions::add);
      if (swap(key, stored, VersionListFile.format(versions))) {
        return versions;
      }
    }
    throw lostTooOften(key);
  }

  private void latest(ModulePath path, Collection<Version> listed, Set<Version> batch)
      throws IOException {
    ObjectKey key = ZoneLayout.latest(path);
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<Stored> stored = read(key, VersionInfo.MAX_BYTES);
      var versions = new HashSet<>(listed);
      versions.addAll(batch);
      stored.flatMap(VersionIndex::versionOf).ifPresent(versions::add);
      var next = new ModuleVersion(path, Latest.of(versions).orElseThrow());
      Optional<Stored> info = read(ZoneLayout.info(next), VersionInfo.MAX_BYTES);
      if (info.isEmpty()) {
        throw new IOException(next + " is listed, but its .info is not in the zone store");
      }
      if (swap(key, stored, info.get().bytes)) {
        return;
      }
    }
    throw lostTooOften(key);
  }

  /// Empty where `@latest` is damaged; it is then written anew.
  private static Optional<Version> versionOf(Stored stored) {
    try {
      return Optional.of(VersionInfo.parse(stored.bytes).version());
    } catch (VersionInfoException e) {
      return Optional.empty();
    }
  }

  private boolean swap(ObjectKey key, Optional<Stored> stored, byte[] next) throws IOException {
    return stored.filter(s -> Arrays.equals(s.bytes, next)).isPresent()
        || zone.compareAndSwap(key, stored.map(s -> s.revision), next);
  }

  private Optional<Stored> read(ObjectKey key, int limit) throws IOException {
    Optional<ObjectReader> object = zone.open(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader reader = object.get()) {
      return Optional.of(new Stored(reader.stat().revision(), reader.readAll(limit)));
    }
  }

  private static IOException lostTooOften(ObjectKey key) {
    return new IOException("\"" + key + "\" changed " + MAX_TRIES + " times while it was written");
  }

  private static final class Stored {
    private final Revision revision;
    private final byte[] bytes;

    Stored(Revision revision, byte[] bytes) {
      this.revision = revision;
      this.bytes = bytes;
    }
  }
}
