package dev.modgate.gomod.graph;

import dev.modgate.gomod.graph.Summaries.Summary;
import dev.modgate.gomod.graph.Summaries.TooLarge;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Loads the graph below given roots, as far as pruning lets it count.
final class Loading {
  private record Step(int node, Pruning pruning) {}

  private final boolean workspace;
  private final Nodes nodes;
  private final Summaries summaries;
  private final Requires graph;
  private final ArrayDeque<Step> queue = new ArrayDeque<>();
  private final Map<Pruning, BitSet> queued = new EnumMap<>(Pruning.class);

  private Loading(GraphRoots roots, Nodes nodes, Summaries summaries, int[] from) {
    this.nodes = nodes;
    this.summaries = summaries;
    this.workspace = roots.pruning == Pruning.WORKSPACE;
    this.graph = new Requires(nodes, workspace ? from : nodes.ids(roots.mains));
    if (!workspace) {
      graph.put(nodes.id(roots.mains.getFirst()), from);
    }
  }

  /// @param from the main module's requirements; in a workspace, its main modules and its Go
  /// @return incomplete where the summaries need more
  static Requires load(
      GraphRoots roots, Pruning pruning, Nodes nodes, Summaries summaries, int[] from)
      throws TooLarge {
    var loading = new Loading(roots, nodes, summaries, from);
    for (int root : from) {
      loading.enqueue(root, pruning);
    }
    loading.work();
    if (loading.workspace) {
      loading.loadSelected(from);
    }
    return loading.graph;
  }

  private void enqueue(int node, Pruning pruning) {
    BitSet done = queued.computeIfAbsent(pruning, p -> new BitSet());
    if (!done.get(node)) {
      done.set(node);
      queue.add(new Step(node, pruning));
    }
  }

  private void work() throws TooLarge {
    for (Step step = queue.poll(); step != null; step = queue.poll()) {
      if (!nodes.node(step.node).isMain() || workspace) {
        load(step);
      }
    }
  }

  private void load(Step step) throws TooLarge {
    Summary summary = summaries.of(step.node);
    if (summary.known && !graph.has(step.node)) {
      graph.put(step.node, summary.requires);
    }
    if (step.pruning == Pruning.PRUNED && summary.pruning == Pruning.PRUNED) {
      return;
    }
    Pruning below = step.pruning == Pruning.UNPRUNED ? Pruning.UNPRUNED : summary.pruning;
    for (int requirement : summary.requires) {
      enqueue(requirement, below);
    }
  }

  /// In a workspace the selected versions stand for a go.mod that lists them all: each path that a
  /// main module needs counts at its selected version.
  private void loadSelected(int[] from) throws TooLarge {
    Set<Integer> relevant = new LinkedHashSet<>();
    for (int root : from) {
      relevant.add(root);
    }
    Set<Integer> seen = new HashSet<>();
    while (summaries.needed.isEmpty()) {
      Set<Integer> next = new LinkedHashSet<>();
      for (int one : relevant) {
        int selected = graph.selected(one);
        if (!seen.contains(selected)) {
          next.add(selected);
        } else {
          addRaised(selected, seen, next);
        }
      }
      if (next.isEmpty()) {
        return;
      }
      seen.addAll(next);
      relevant.addAll(next);
      next.forEach(node -> enqueue(node, Pruning.WORKSPACE));
      work();
    }
  }

  private void addRaised(int node, Set<Integer> seen, Set<Integer> next) {
    for (int requirement : graph.of(node)) {
      int selected = graph.selected(requirement);
      if (selected != requirement && !nodes.node(selected).isMain() && !seen.contains(selected)) {
        next.add(selected);
      }
    }
  }
}
