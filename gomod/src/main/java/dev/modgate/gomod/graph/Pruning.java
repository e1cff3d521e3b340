package dev.modgate.gomod.graph;

/// How much of the requirements below a module counts.
enum Pruning {
  /// Its own; what stands below those that are pruned too is cut off.
  PRUNED,

  /// All, down to the leaves.
  UNPRUNED,

  /// That of a main module of a workspace.
  WORKSPACE;

  /// From here on a go.mod lists all that its packages import.
  private static final String EXPLICIT_INDIRECT = "1.17";

  static Pruning of(String go) {
    return VersionOrder.compareGo(go, EXPLICIT_INDIRECT) < 0 ? UNPRUNED : PRUNED;
  }
}
