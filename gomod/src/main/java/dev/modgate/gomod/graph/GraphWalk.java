package dev.modgate.gomod.graph;

import dev.modgate.gomod.module.ModuleVersion;
import java.util.function.Function;

/// Walks the module graph as far as it is known.
public final class GraphWalk {
  private GraphWalk() {}

  /// Walks from the beginning; what is known costs a look-up and no more, so a caller walks again
  /// each time it knows more.
  ///
  /// @param lookup is asked for each module version at most once, for those that are downloaded: so
  ///   after `replace`
  public static Outcome walk(
      GraphRoots roots,
      GraphDepth depth,
      GraphLimits limits,
      Function<ModuleVersion, Known> lookup) {
    return new Walk(roots, depth, limits, lookup).outcome();
  }
}
