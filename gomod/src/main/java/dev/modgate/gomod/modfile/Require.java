package dev.modgate.gomod.modfile;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import java.util.Optional;

/// A `require` directive.
///
/// @param path as written, without quotes; not always a path that `go` would download
/// @param version as written: canonical, or what a `replace` makes good
/// @param indirect whether the line ends in `// indirect`
/// @param line number, from 1
public record Require(String path, String version, boolean indirect, int line) {

  /// The module version to download; empty where path or version are none that a proxy serves.
  public Optional<ModuleVersion> moduleVersion() {
    return moduleVersion(path, version);
  }

  static Optional<ModuleVersion> moduleVersion(String path, String version) {
    try {
      return Optional.of(new ModuleVersion(new ModulePath(path), Version.parse(version)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
