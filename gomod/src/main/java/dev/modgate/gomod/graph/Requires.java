package dev.modgate.gomod.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/// Who requires whom, and the newest version of each path among all that are required: minimal
/// version selection.
final class Requires {
  private static final int[] NONE = {};

  private final Nodes nodes;
  private final int[] roots;
  private final Map<Integer, int[]> required = new HashMap<>();

  /// By the number of a path.
  private final Map<Integer, Integer> selected = new HashMap<>();

  /// @param roots where the graph is walked from
  Requires(Nodes nodes, int[] roots) {
    this.nodes = nodes;
    this.roots = roots;
    for (int root : roots) {
      select(root);
    }
  }

  /// Says what a node requires; once for each.
  void put(int node, int[] requirements) {
    if (required.put(node, requirements) != null) {
      throw new IllegalStateException(
          "requirements of " + nodes.node(node) + " have been put before");
    }
    for (int requirement : requirements) {
      select(requirement);
    }
  }

  private void select(int id) {
    selected.merge(nodes.path(id), id, (old, other) -> nodes.isNewer(old, other) ? other : old);
  }

  boolean has(int node) {
    return required.containsKey(node);
  }

  int[] of(int node) {
    return required.getOrDefault(node, NONE);
  }

  /// The selected version of the node's path, which must be in the graph.
  int selected(int node) {
    Integer id = selected.get(nodes.path(node));
    if (id == null) {
      throw new IllegalStateException(nodes.node(node) + " is not in the graph");
    }
    return id;
  }

  /// The selected versions: those of the roots' paths first, the others sorted by path.
  List<Integer> buildList() {
    List<Integer> list = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int root : roots) {
      if (seen.add(nodes.path(root))) {
        list.add(selected(root));
      }
    }
    selected.values().stream()
        .filter(id -> !seen.contains(nodes.path(id)))
        .sorted(Comparator.comparing(id -> nodes.node(id).path()))
        .forEach(list::add);
    return list;
  }

  /// Every node that the roots reach, nearest first.
  void breadthFirst(IntConsumer visitor) {
    parents(visitor);
  }

  /// A shortest way from a root to each node that they reach.
  ///
  /// @return whom each was reached from; -1 for roots
  Map<Integer, Integer> parents(IntConsumer visitor) {
    Map<Integer, Integer> parents = new HashMap<>();
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int root : roots) {
      if (parents.putIfAbsent(root, -1) == null) {
        queue.add(root);
      }
    }
    for (Integer node = queue.poll(); node != null; node = queue.poll()) {
      visitor.accept(node);
      for (int requirement : of(node)) {
        if (parents.putIfAbsent(requirement, node) == null) {
          queue.add(requirement);
        }
      }
    }
    return parents;
  }
}
