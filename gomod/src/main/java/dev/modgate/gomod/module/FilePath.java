package dev.modgate.gomod.module;

import java.util.Optional;

/// Which file names a module may have, below its root.
///
/// Unicode letters (of Unicode 15.0, which is what `go` knows), ASCII digits, space and
/// `!#$%&()+,-.=@[]^_{}~`; elements parted by single slashes, none only of dots, none ending in a
/// dot, none a device on Windows.
///
/// Source: `golang.org/x/mod/module.CheckFilePath`
public final class FilePath {
  private FilePath() {}

  /// What is wrong with a name, as the end of a sentence whose subject is the name.
  public static Optional<String> fault(String name) {
    return Optional.ofNullable(PathElements.fault(name, PathElements.Kind.FILE));
  }
}
