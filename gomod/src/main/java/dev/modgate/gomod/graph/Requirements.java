package dev.modgate.gomod.graph;

import dev.modgate.gomod.modfile.GoMod;
import java.util.List;
import java.util.Optional;

/// What of a dependency's go.mod counts for the module graph.
///
/// @param module the path it declares; where it is empty, that is not looked at
/// @param go a version such as `1.25` or `1.26.0`
/// @param requires in the order of the file; no `go` among them
public record Requirements(Optional<String> module, Optional<String> go, List<Node> requires) {
  public Requirements {
    requires = List.copyOf(requires);
  }

  /// @param goMod a dependency's, read leniently, or that of a folder
  public static Requirements of(GoMod goMod) {
    return new Requirements(
        goMod.module(),
        goMod.go(),
        goMod.requires().stream().map(r -> new Node(r.path(), r.version())).toList());
  }
}
