package dev.modgate.gomod.graph;

import dev.modgate.gomod.modfile.Exclude;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.Require;
import dev.modgate.gomod.quote.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Where a walk begins: the main module, or the main modules of a workspace, with what only these
/// may say: `replace` and `exclude`.
public final class GraphRoots {
  /// What `go` takes a go.mod without a go line for.
  static final String DEFAULT_GO = "1.16";

  final Pruning pruning;

  /// In the order of their go.work.
  final List<Node> mains;

  /// Sorted by path, then version.
  final List<Node> roots;

  /// Of a workspace's main modules.
  final Map<Node, Requirements> members;

  /// Paths whose requirement is not marked as indirect.
  final Set<String> direct;

  final Set<Node> excludes;
  final Replacements replacements;
  final Function<String, Optional<Requirements>> folders;

  private GraphRoots(
      Pruning pruning,
      List<Node> roots,
      Map<Node, Requirements> members,
      List<GoMod> mainFiles,
      Replacements replacements,
      Function<String, Optional<Requirements>> folders) {
    this.pruning = pruning;
    this.mains = mainFiles.stream().map(GraphRoots::mainOf).toList();
    this.roots = roots.stream().sorted(VersionOrder.NODES).toList();
    this.members = members;
    this.direct = new HashSet<>();
    this.excludes = new HashSet<>();
    this.replacements = replacements;
    this.folders = folders;
    for (GoMod file : mainFiles) {
      file.requires().stream().filter(r -> !r.indirect()).map(Require::path).forEach(direct::add);
      file.excludes().stream().map(GraphRoots::node).forEach(excludes::add);
    }
  }

  /// One main module.
  ///
  /// @throws IllegalArgumentException naming what `go` would not take: no module line, a module by
  ///   the name of `go` or `toolchain`, two different replacements of one version
  public static GraphRoots of(GoMod main) {
    Set<Node> excludes = new HashSet<>();
    main.excludes().forEach(e -> excludes.add(node(e)));
    List<Node> roots = new ArrayList<>();
    for (Require r : main.requires()) {
      Node node = new Node(r.path(), r.version());
      if (!excludes.contains(node)) {
        roots.add(node);
      }
    }
    String go = main.go().orElse(DEFAULT_GO);
    roots.add(new Node(Node.GO, go));
    main.toolchain().ifPresent(name -> roots.add(new Node(Node.TOOLCHAIN, name)));
    return new GraphRoots(
        Pruning.of(go),
        roots,
        Map.of(),
        List.of(main),
        Replacements.of(main),
        folder -> Optional.empty());
  }

  /// The same, with go.mods of folders that take the place of modules.
  ///
  /// @param folders told the folder as `replace` writes it; in a workspace it is relative to the
  ///   go.work's folder. Empty where its go.mod is not known: it then counts as one without
  ///   requirements, and the graph says so
  public GraphRoots withFolders(Function<String, Optional<Requirements>> folders) {
    return new GraphRoots(this, folders);
  }

  private GraphRoots(GraphRoots same, Function<String, Optional<Requirements>> folders) {
    this.pruning = same.pruning;
    this.mains = same.mains;
    this.roots = same.roots;
    this.members = same.members;
    this.direct = same.direct;
    this.excludes = same.excludes;
    this.replacements = same.replacements;
    this.folders = folders;
  }

  private static Node mainOf(GoMod file) {
    String path =
        file.module()
            .orElseThrow(() -> new IllegalArgumentException("go.mod has no module directive"));
    if (path.equals(Node.GO) || path.equals(Node.TOOLCHAIN)) {
      throw new IllegalArgumentException(
          "module path " + Quoted.of(path) + " is reserved for Go itself");
    }
    return new Node(path, "");
  }

  private static Node node(Exclude exclude) {
    return new Node(exclude.path(), exclude.version());
  }

  boolean isMain(String path) {
    return mains.stream().anyMatch(main -> main.path().equals(path));
  }
}
