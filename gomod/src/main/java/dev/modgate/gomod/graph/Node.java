package dev.modgate.gomod.graph;

import dev.modgate.gomod.module.ModulePath;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.semver.Version;
import java.util.Optional;

/// What stands in the graph: `example.com/m@v1.2.3`, a main module, or a version of `go` or of
/// `toolchain`.
///
/// @param path as a go.mod writes it; not always one that `go` would download
/// @param version as a go.mod writes it, such as `v1.2.3`; `1.25.0` of `go`, `go1.25.1` of
///   `toolchain`; empty for a main module
public record Node(String path, String version) {
  static final String GO = "go";
  static final String TOOLCHAIN = "toolchain";

  public static Node of(ModuleVersion module) {
    return new Node(module.path().value(), module.version().toString());
  }

  /// What a proxy would be asked for; empty for main modules, for `go` and `toolchain`, and where
  /// path or version are none that a proxy serves.
  public Optional<ModuleVersion> moduleVersion() {
    if (isMain() || isToolchain()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ModuleVersion(new ModulePath(path), Version.parse(version)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public boolean isMain() {
    return version.isEmpty();
  }

  /// Whether it is a version of Go itself, which no proxy serves as this.
  public boolean isToolchain() {
    return path.equals(GO) || path.equals(TOOLCHAIN);
  }

  /// As `go mod graph` prints it.
  @Override
  public String toString() {
    return isMain() ? path : path + "@" + version;
  }
}
