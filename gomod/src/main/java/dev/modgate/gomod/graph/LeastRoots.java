package dev.modgate.gomod.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/// The fewest requirements from which an unpruned main module comes to the same build list: those
/// it has already and those of its own imports, at the selected versions, and what these do not
/// lead to.
final class LeastRoots {
  private final Requires graph;
  private final BitSet have = new BitSet();
  private final List<Integer> least = new ArrayList<>();

  private LeastRoots(Requires graph) {
    this.graph = graph;
  }

  static int[] of(GraphRoots roots, Nodes nodes, Requires graph, int[] from) {
    List<Integer> keep = graph.buildList().stream().filter(id -> !nodes.node(id).isMain()).toList();
    Set<Integer> paths = new HashSet<>();
    var search = new LeastRoots(graph);
    for (int root : from) {
      if (graph.selected(root) == root && paths.add(nodes.path(root))) {
        search.take(root);
      }
    }
    for (int id : keep) {
      if (roots.isDirect(nodes.node(id).path()) && paths.add(nodes.path(id))) {
        search.take(id);
      }
    }
    search.takeMissing(keep);
    return search.least.stream()
        .sorted((a, b) -> nodes.node(a).path().compareTo(nodes.node(b).path()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void take(int node) {
    least.add(node);
    postorder(node, have, id -> {});
  }

  private void takeMissing(List<Integer> keep) {
    List<Integer> order = new ArrayList<>();
    var visited = new BitSet();
    for (int id : keep) {
      postorder(id, visited, order::add);
    }
    Set<Integer> selected = new HashSet<>(keep);
    for (int id : order.reversed()) {
      if (selected.contains(id) && !have.get(id)) {
        take(id);
      }
    }
  }

  /// Depth first without recursion, because a chain of requirements may be as long as the graph.
  private void postorder(int start, BitSet visited, IntConsumer visitor) {
    var stack = new ArrayDeque<Frame>();
    if (!visited.get(start)) {
      visited.set(start);
      stack.push(new Frame(start, graph.of(start)));
    }
    while (!stack.isEmpty()) {
      Frame top = stack.getFirst();
      if (top.next == top.requires.length) {
        visitor.accept(top.node);
        stack.pop();
        continue;
      }
      int child = top.requires[top.next++];
      if (!visited.get(child)) {
        visited.set(child);
        stack.push(new Frame(child, graph.of(child)));
      }
    }
  }

  private static final class Frame {
    final int node;
    final int[] requires;
    int next;

    Frame(int node, int[] requires) {
      this.node = node;
      this.requires = requires;
    }
  }
}
