package dev.modgate.gomod.graph;

/// How large a graph may become before the walk ends with [Outcome.TooLarge].
///
/// @param nodes module versions that are met, also those of roots that were raised since
/// @param edges requirements of these
public record GraphLimits(int nodes, int edges) {
  /// 50,000 nodes and 2,000,000 edges. Large real graphs have 5,000 and 150,000.
  public static final GraphLimits DEFAULT = new GraphLimits(50_000, 2_000_000);

  public GraphLimits {
    if (nodes < 1 || edges < 1) {
      throw new IllegalArgumentException(
          "graph limits of " + nodes + " nodes and " + edges + " edges leave room for nothing");
    }
  }
}
