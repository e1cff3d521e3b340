package dev.modgate.gomod.modfile;

import dev.modgate.gomod.module.ModuleVersion;
import java.util.Optional;

/// A `replace` directive. Only the main module's count.
///
/// @param path what is replaced
/// @param version which version of it; empty means every version
/// @param withPath module path or, when `withVersion` is empty, a folder
/// @param withVersion empty exactly when `withPath` is a folder
/// @param line number, from 1
public record Replace(
    String path,
    Optional<String> version,
    String withPath,
    Optional<String> withVersion,
    int line) {

  /// The module version that is downloaded instead; empty for a folder.
  public Optional<ModuleVersion> replacement() {
    return withVersion.flatMap(v -> Require.moduleVersion(withPath, v));
  }
}
