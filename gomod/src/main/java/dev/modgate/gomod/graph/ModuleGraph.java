package dev.modgate.gomod.graph;

import dev.modgate.gomod.module.ModuleVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A graph that was walked to its end.
public final class ModuleGraph {
  private final Nodes nodes;
  private final Requires graph;
  private final List<Node> selected;
  private final SortedSet<ModuleVersion> loaded;
  private final SortedSet<ModuleVersion> zips;
  private final List<Problem> problems;
  private final List<String> notes;

  ModuleGraph(
      Nodes nodes,
      Requires graph,
      SortedSet<ModuleVersion> loaded,
      SortedSet<ModuleVersion> zips,
      List<Problem> problems,
      List<String> notes) {
    this.nodes = nodes;
    this.graph = graph;
    this.selected = graph.buildList().stream().map(nodes::node).toList();
    this.loaded = loaded;
    this.zips = zips;
    this.problems = problems;
    this.notes = notes;
  }

  /// The selected versions as `go list -m all` has them, before `replace`: main modules first, then
  /// by path; without `go` and `toolchain`.
  public List<Node> buildList() {
    return selected.stream().filter(node -> !node.isToolchain()).toList();
  }

  /// Each requirement, as `go mod graph` prints them and in its order.
  public Stream<Edge> edges() {
    List<Integer> order = new ArrayList<>();
    graph.parents(order::add);
    return order.stream()
        .flatMap(from ->
            IntStream.of(graph.of(from))
                .mapToObj(to -> new Edge(nodes.node(from), nodes.node(to))));
  }

  /// The go.mods that were read, as downloaded, so after `replace`.
  public SortedSet<ModuleVersion> loaded() {
    return loaded;
  }

  /// What the build list means to download, after `replace`; without what has a problem.
  public SortedSet<ModuleVersion> zips() {
    return zips;
  }

  /// The selected version of Go, such as `1.25.0`.
  public String go() {
    return version(Node.GO).orElse(GraphRoots.DEFAULT_GO);
  }

  /// The selected toolchain, such as `go1.25.1`; empty where none is asked for.
  public Optional<String> toolchain() {
    return version(Node.TOOLCHAIN);
  }

  private Optional<String> version(String path) {
    return selected.stream().filter(n -> n.path().equals(path)).findFirst().map(Node::version);
  }

  /// What could not be read. `go` itself would end at the first of them.
  public List<Problem> problems() {
    return problems;
  }

  /// What else a user should know, a sentence each: folders in the place of modules, exclusions.
  public List<String> notes() {
    return notes;
  }

  /// One requirement.
  public record Edge(Node from, Node to) {
    /// As `go mod graph` prints it.
    @Override
    public String toString() {
      return from + " " + to;
    }
  }

  /// A module version whose go.mod can't be had.
  ///
  /// @param sentence why
  /// @param chain who requires it, from a main module to the module itself; a shortest one
  public record Problem(Node module, String sentence, List<Node> chain) {
    /// `main → example.com/b@v1.1.0`: the chain without the module itself.
    public String requiredBy() {
      return chain.stream()
          .limit(Math.max(1, chain.size() - 1))
          .map(Node::toString)
          .collect(Collectors.joining(" → "));
    }

    /// `example.com/a@v1.0.0: not found (required by main → example.com/b@v1.1.0)`.
    @Override
    public String toString() {
      return module + ": " + sentence + " (required by " + requiredBy() + ")";
    }
  }
}
