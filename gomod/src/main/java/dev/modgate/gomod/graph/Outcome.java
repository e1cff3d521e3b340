package dev.modgate.gomod.graph;

import dev.modgate.gomod.module.ModuleVersion;
import java.util.SortedSet;

/// How a walk ended.
public sealed interface Outcome {
  /// More go.mods have to be known; then walk again.
  ///
  /// @param goMods to be downloaded, so after `replace`; all that can be told by now, at least one
  /// @param read how many go.mods were read to come this far
  /// @param nodes how many module versions the graph has at least
  record Needs(SortedSet<ModuleVersion> goMods, int read, int nodes) implements Outcome {
    /// How many go.mods there are at least.
    public int atLeast() {
      return read + goMods.size();
    }
  }

  /// All is known. There may be problems.
  record Complete(ModuleGraph graph) implements Outcome {}

  /// More than the limits allow.
  record TooLarge(String sentence) implements Outcome {}
}
