package dev.modgate.gomod.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for nodes and for their paths, so that a graph is made of `int`s.
final class Nodes {
  private final Map<Node, Integer> ids = new HashMap<>();
  private final Map<String, Integer> pathIds = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> paths = new ArrayList<>();

  int id(Node node) {
    Integer known = ids.get(node);
    if (known != null) {
      return known;
    }
    int id = nodes.size();
    ids.put(node, id);
    nodes.add(node);
    paths.add(pathIds.computeIfAbsent(node.path(), path -> pathIds.size()));
    return id;
  }

  int[] ids(List<Node> of) {
    return of.stream().mapToInt(this::id).toArray();
  }

  Node node(int id) {
    return nodes.get(id);
  }

  int path(int id) {
    return paths.get(id);
  }

  /// Nodes met so far.
  int size() {
    return nodes.size();
  }

  /// Whether the second is newer than the first, which has the same path.
  boolean isNewer(int than, int id) {
    Node a = node(than);
    return VersionOrder.compare(a.path(), a.version(), node(id).version()) < 0;
  }
}
