package dev.modgate.gomod.module;

import java.util.Optional;

/// Which paths a package may be imported by.
///
/// As a module path, but that `+` is allowed, an element may begin with a dot, and the first one
/// need not be a host.
///
/// Source: `golang.org/x/mod/module.CheckImportPath`
public final class ImportPath {
  private ImportPath() {}

  /// What is wrong with a path, as the end of a sentence whose subject is the path.
  public static Optional<String> fault(String path) {
    return Optional.ofNullable(PathElements.fault(path, PathElements.Kind.IMPORT));
  }
}
