package dev.modgate.watcher.watch;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/// What upstreams say about the versions of a module. For many threads.
interface ModuleLists {
  /// From `@v/list`; where that is empty, the one version of `@latest`. Empty where no upstream has
  /// the module.
  ///
  /// @throws IOException when it can't be known now
  SortedSet<Version> versions(ModulePath module) throws IOException;

  /// The time in a version's `.info`, which nobody vouches for. Empty where there is none.
  ///
  /// @throws IOException when it can't be known now
  Optional<Instant> time(ModuleVersion version) throws IOException;
}
