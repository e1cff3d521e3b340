package dev.modgate.publisher;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.proxy.Latest;
import dev.modgate.gomod.proxy.VersionInfo;
import dev.modgate.gomod.proxy.VersionInfoException;
import dev.modgate.gomod.proxy.VersionListFile;
import dev.modgate.gomod.semver.Version;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.UnusableObjectException;
import dev.modgate.pipeline.zone.ZoneLayout;
import dev.modgate.pipeline.zone.ZoneObjects;
import dev.modgate.pipeline.zone.ZoneObjects.Next;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes `@v/list` and `@latest`: what makes a version visible.
///
/// Versions of one path that arrive while another is being written are added together by whoever
/// comes next. Other processes are met by compare-and-swap.
final class VersionIndex {
  private static final Logger log = LoggerFactory.getLogger(VersionIndex.class);

  /// So many listed versions without an `.info` are looked at for `@latest`.
  private static final int MAX_DAMAGED = 100;

  private final ZoneObjects objects;
  private final PathLocks locks = new PathLocks();
  private final ConcurrentMap<ModulePath, Set<Version>> waiting = new ConcurrentHashMap<>();

  VersionIndex(ObjectStore zone) {
    this.objects = new ZoneObjects(zone);
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
    return objects.change(
        ZoneLayout.list(path),
        VersionListFile.MAX_BYTES,
        now -> {
          var listed = new TreeSet<Version>();
          now.ifPresent(n -> listed.addAll(VersionListFile.parse(n.bytes())));
          batch.stream().filter(v -> !v.isPseudo()).forEach(listed::add);
          return Next.write(listed, VersionListFile.format(listed));
        });
  }

  private void latest(ModulePath path, Collection<Version> listed, Set<Version> batch)
      throws IOException {
    var _ =
        objects.change(
            ZoneLayout.latest(path),
            VersionInfo.MAX_BYTES,
            now -> {
              var versions = new HashSet<>(listed);
              versions.addAll(batch);
              now.flatMap(n -> info(n.bytes())).map(VersionInfo::version).ifPresent(versions::add);
              return new Next<>(path, infoOfLatest(path, versions));
            });
  }

  /// The `.info` of the latest version that has one. Empty, so that `@latest` stays as it is, where
  /// too much is damaged.
  ///
  /// @param versions is changed
  private Optional<byte[]> infoOfLatest(ModulePath path, Set<Version> versions) throws IOException {
    for (int i = 0; i < MAX_DAMAGED; i++) {
      Optional<Version> latest = Latest.of(versions);
      if (latest.isEmpty()) {
        break;
      }
      var module = new ModuleVersion(path, latest.get());
      Optional<byte[]> bytes = usableInfo(module);
      if (bytes.isPresent()) {
        return bytes;
      }
      log.warn(
          "{} is listed, but \"{}\" is missing or damaged: left out of @latest",
          module,
          ZoneLayout.info(module));
      versions.remove(latest.get());
    }
    return Optional.empty();
  }

  private Optional<byte[]> usableInfo(ModuleVersion module) throws IOException {
    try {
      return objects
          .read(ZoneLayout.info(module), VersionInfo.MAX_BYTES)
          .map(ZoneObjects.Stored::bytes)
          .filter(b -> info(b).map(VersionInfo::version).equals(Optional.of(module.version())));
    } catch (UnusableObjectException e) {
      log.warn("{}: {}", module, e.getMessage());
      return Optional.empty();
    }
  }

  /// Empty where the bytes are no `.info`.
  private static Optional<VersionInfo> info(byte[] bytes) {
    try {
      return Optional.of(VersionInfo.parse(bytes));
    } catch (VersionInfoException e) {
      return Optional.empty();
    }
  }
}
