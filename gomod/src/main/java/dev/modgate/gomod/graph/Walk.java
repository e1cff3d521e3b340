package dev.modgate.gomod.graph;

import dev.modgate.gomod.graph.Summaries.TooLarge;
import dev.modgate.gomod.module.ModuleVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One walk: loads the graph, raises the roots to what was selected, and loads it again, until
/// nothing changes or something is not known yet.
final class Walk {
  private final GraphRoots roots;
  private final GraphDepth depth;
  private final Nodes nodes = new Nodes();
  private final Summaries summaries;
  private final Map<Node, ModuleGraph.Problem> problems = new LinkedHashMap<>();

  Walk(
      GraphRoots roots,
      GraphDepth depth,
      GraphLimits limits,
      Function<ModuleVersion, Known> lookup) {
    this.roots = roots;
    this.depth = depth;
    this.summaries = new Summaries(roots, limits, lookup, nodes);
  }

  Outcome outcome() {
    try {
      Requires graph = graph();
      Requires wide = graph == null ? null : widened(graph);
      return graph == null || wide == null
          ? new Outcome.Needs(
              Collections.unmodifiableSortedSet(summaries.needed),
              summaries.loaded.size(),
              nodes.size())
          : new Outcome.Complete(complete(graph, wide));
    } catch (TooLarge e) {
      return new Outcome.TooLarge(String.valueOf(e.getMessage()));
    }
  }

  /// The graph as `go mod tidy` may come to need it: each selected module as a root.
  private @Nullable Requires widened(Requires graph) throws TooLarge {
    if (depth == GraphDepth.BUILD || roots.pruning != Pruning.PRUNED) {
      return graph;
    }
    int[] all = ids(graph.buildList().stream().filter(id -> !nodes.node(id).isMain()));
    Requires wide = raised(all);
    if (wide != null && roots.comparesUnpruned()) {
      return load(Pruning.UNPRUNED, all) == null ? null : wide;
    }
    return wide;
  }

  private @Nullable Requires graph() throws TooLarge {
    int[] from = Arrays.stream(nodes.ids(roots.roots)).distinct().toArray();
    if (roots.pruning == Pruning.WORKSPACE) {
      return load(from);
    }
    return raised(roots.pruning == Pruning.PRUNED && isRedundant(from) ? highest(from) : from);
  }

  /// @return null where more has to be known
  private @Nullable Requires load(int[] from) throws TooLarge {
    return load(roots.pruning, from);
  }

  private @Nullable Requires load(Pruning pruning, int[] from) throws TooLarge {
    Requires graph = Loading.load(roots, pruning, nodes, summaries, from);
    if (!summaries.needed.isEmpty()) {
      return null;
    }
    addProblems(graph);
    return graph;
  }

  private @Nullable Requires raised(int[] first) throws TooLarge {
    int[] from = first;
    Requires graph = load(from);
    while (graph != null && !isSelected(graph, from)) {
      boolean pruned = roots.pruning == Pruning.PRUNED;
      from = pruned ? selected(graph, from) : LeastRoots.of(roots, nodes, graph, from);
      graph = load(from);
    }
    return graph;
  }

  private static boolean isSelected(Requires graph, int[] from) {
    return Arrays.stream(from).allMatch(root -> graph.selected(root) == root);
  }

  private static int[] selected(Requires graph, int[] from) {
    return Arrays.stream(from).map(graph::selected).distinct().toArray();
  }

  private boolean isRedundant(int[] from) {
    Set<Integer> paths = new HashSet<>();
    return Arrays.stream(from)
        .anyMatch(root -> roots.isMain(nodes.node(root).path()) || !paths.add(nodes.path(root)));
  }

  /// The last of each path, which is the newest because roots are sorted; none of a main module.
  private int[] highest(int[] from) {
    Map<Integer, Integer> last = new LinkedHashMap<>();
    for (int root : from) {
      if (!roots.isMain(nodes.node(root).path())) {
        last.put(nodes.path(root), root);
      }
    }
    return ids(last.values().stream());
  }

  private void addProblems(Requires graph) {
    if (problems.size() == summaries.problems.size()) {
      return;
    }
    Map<Integer, Integer> parents = graph.parents(node -> {});
    summaries.problems.forEach((id, sentence) -> {
      Node node = nodes.node(id);
      if (!problems.containsKey(node) && parents.containsKey(id)) {
        problems.put(node, new ModuleGraph.Problem(node, sentence, chain(parents, id)));
      }
    });
  }

  private List<Node> chain(Map<Integer, Integer> parents, int to) {
    List<Node> chain = new ArrayList<>();
    for (int id = to; id >= 0; id = parents.getOrDefault(id, -1)) {
      chain.add(nodes.node(id));
    }
    return List.copyOf(chain.reversed());
  }

  private static int[] ids(Stream<Integer> ids) {
    return ids.mapToInt(Integer::intValue).toArray();
  }

  private ModuleGraph complete(Requires graph, Requires wide) {
    var zips = new TreeSet<ModuleVersion>();
    Stream.of(graph, wide)
        .distinct()
        .flatMap(one -> one.buildList().stream())
        .map(nodes::node)
        .filter(node -> !problems.containsKey(node))
        .flatMap(node -> roots.replacements.download(node).stream())
        .flatMap(node -> node.moduleVersion().stream())
        .forEach(zips::add);
    return new ModuleGraph(
        nodes,
        graph,
        Collections.unmodifiableSortedSet(summaries.loaded),
        Collections.unmodifiableSortedSet(zips),
        List.copyOf(problems.values()),
        List.copyOf(summaries.notes.values()));
  }
}
