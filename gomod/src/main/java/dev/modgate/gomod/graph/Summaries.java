package dev.modgate.gomod.graph;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// What go.mods say, each asked for once in a walk: after `replace`, without what is excluded.
final class Summaries {
  private static final int[] NONE = {};

  /// Of one node.
  static final class Summary {
    private static final Summary NOTHING = new Summary(Pruning.UNPRUNED, NONE, false);

    final Pruning pruning;

    /// Without what is excluded; `go` last.
    final int[] requires;

    /// Whether its go.mod could be read.
    final boolean known;

    private Summary(Pruning pruning, int[] requires, boolean known) {
      this.pruning = pruning;
      this.requires = requires;
      this.known = known;
    }
  }

  private final GraphRoots roots;
  private final GraphLimits limits;
  private final Function<ModuleVersion, Known> lookup;
  private final Nodes nodes;
  private final Map<Integer, Summary> summaries = new HashMap<>();
  private int edges;

  final NavigableSet<ModuleVersion> loaded = new TreeSet<>();
  final NavigableSet<ModuleVersion> needed = new TreeSet<>();

  /// Why a node's go.mod can't be had.
  final Map<Integer, String> problems = new HashMap<>();

  final TreeMap<String, String> notes = new TreeMap<>();

  Summaries(
      GraphRoots roots, GraphLimits limits, Function<ModuleVersion, Known> lookup, Nodes nodes) {
    this.roots = roots;
    this.limits = limits;
    this.lookup = lookup;
    this.nodes = nodes;
  }

  /// @throws TooLarge where the graph with what is read now is larger than allowed
  Summary of(int id) throws TooLarge {
    Summary known = summaries.get(id);
    if (known != null) {
      return known;
    }
    Summary summary = read(id, nodes.node(id));
    summaries.put(id, summary);
    edges += summary.requires.length;
    if (nodes.size() > limits.nodes() || edges > limits.edges()) {
      throw new TooLarge(
          "the module graph has more than "
              + (nodes.size() > limits.nodes()
                  ? limits.nodes() + " module versions"
                  : limits.edges() + " requirements")
              + ", the most that are walked");
    }
    return summary;
  }

  private Summary read(int id, Node node) {
    if (node.isToolchain()) {
      return toolchain(node);
    }
    Optional<Requirements> member = roots.member(node);
    if (member.isPresent()) {
      return summary(member.get());
    }
    Replacements.With with = roots.replacements.of(node);
    if (with != null && with.isFolder()) {
      return folder(node, with.path());
    }
    Node download = with == null ? node : new Node(with.path(), with.version());
    Optional<ModuleVersion> module = download.moduleVersion();
    if (module.isEmpty()) {
      return problem(id, Quoted.of(download.toString()) + " is nothing that a proxy serves");
    }
    return switch (lookup.apply(module.get())) {
      case Known.Unread() -> {
        needed.add(module.get());
        yield Summary.NOTHING;
      }
      case Known.Unreadable(var sentence) -> problem(id, sentence);
      case Known.Read(var requirements) -> {
        loaded.add(module.get());
        String declared = requirements.module().orElse(node.path());
        yield declared.equals(node.path()) || declared.equals(download.path())
            ? summary(requirements)
            : problem(
                id,
                "its go.mod declares the path "
                    + Quoted.of(declared)
                    + ", but it was required as "
                    + Quoted.of(node.path()));
      }
    };
  }

  private Summary toolchain(Node node) {
    return node.path().equals(Node.GO)
            && VersionOrder.compareGo(node.version(), GraphRoots.STRICT_GO) >= 0
        ? new Summary(
            Pruning.PRUNED,
            new int[] {nodes.id(new Node(Node.TOOLCHAIN, "go" + node.version()))},
            true)
        : new Summary(Pruning.PRUNED, NONE, true);
  }

  private Summary folder(Node node, String folder) {
    Optional<Requirements> requirements = roots.folders.apply(folder);
    notes.put(
        node.toString(),
        node
            + " is replaced by the folder "
            + Quoted.of(folder)
            + ", for which nothing is downloaded"
            + (requirements.isPresent()
                ? ""
                : "; its go.mod is not known, so what it requires is missing here"));
    return requirements.map(this::summary).orElse(new Summary(Pruning.PRUNED, NONE, true));
  }

  private Summary problem(int id, String sentence) {
    problems.put(id, sentence);
    return Summary.NOTHING;
  }

  private Summary summary(Requirements requirements) {
    List<Node> all = new ArrayList<>();
    for (Node required : requirements.requires()) {
      if (roots.isExcluded(required)) {
        notes.put(required.toString(), required + " is excluded");
      } else {
        all.add(required);
      }
    }
    String go = requirements.go().orElse(GraphRoots.DEFAULT_GO);
    if (VersionOrder.compareGo(go, GraphRoots.STRICT_GO) >= 0) {
      all.add(new Node(Node.GO, go));
    }
    return new Summary(Pruning.of(go), nodes.ids(all), true);
  }

  /// The walk ends here.
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
