package dev.modgate.gomod.graph;

import dev.modgate.gomod.modfile.Exclude;
import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.modfile.Require;
import dev.modgate.gomod.modfile.Use;
import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.gomod.quote.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where a walk begins: the main module, or the main modules of a workspace, with what only these
/// may say: `replace` and `exclude`.
public final class GraphRoots {
  /// What `go` takes a go.mod without a go line for.
  static final String DEFAULT_GO = "1.16";

  /// What `go` takes a go.work without a go line for.
  static final String DEFAULT_WORK_GO = "1.18";

  /// What stands for the main module where there is none; no module path that `go` would download.
  static final String PROGRAM = "program";

  /// Old enough to ask for no toolchain of its own, new enough for pruning.
  private static final String PROGRAM_GO = "1.20";

  /// From here on a go line is a requirement of `go`.
  static final String STRICT_GO = "1.21";

  final Pruning pruning;

  /// Sorted by path, then version.
  final List<Node> roots;

  /// The main modules, as the go.work names them.
  final List<Node> mains;

  final Replacements replacements;
  final Function<String, Optional<Requirements>> folders;
  private final List<GoMod> files;
  private final Map<Node, Requirements> members;
  private final Set<Node> excludes;
  private final Set<String> direct;

  private GraphRoots(
      Pruning pruning,
      List<Node> roots,
      List<GoMod> files,
      Replacements replacements,
      Function<String, Optional<Requirements>> folders) {
    this.pruning = pruning;
    this.roots = roots.stream().sorted(VersionOrder.NODES).toList();
    this.mains = files.stream().map(GraphRoots::main).toList();
    this.replacements = replacements;
    this.folders = folders;
    this.files = List.copyOf(files);
    this.members =
        files.stream()
            .filter(file -> pruning == Pruning.WORKSPACE)
            .collect(Collectors.toMap(GraphRoots::main, Requirements::of));
    this.excludes = files.stream().flatMap(f -> excludes(f).stream()).collect(Collectors.toSet());
    this.direct =
        files.stream()
            .flatMap(file -> file.requires().stream())
            .filter(require -> !require.indirect())
            .filter(require -> !excludes.contains(node(require)))
            .map(Require::path)
            .collect(Collectors.toSet());
  }

  /// One main module.
  ///
  /// @throws IllegalArgumentException naming what `go` would not take: no module line, a module by
  ///   the name of `go` or `toolchain`, two replacements of one version
  public static GraphRoots of(GoMod main) {
    Set<Node> excludes = excludes(main);
    List<Node> roots = new ArrayList<>();
    main.requires().stream()
        .map(GraphRoots::node)
        .filter(node -> !excludes.contains(node))
        .forEach(roots::add);
    String go = main.go().orElse(DEFAULT_GO);
    addGo(roots, go, main.toolchain());
    return new GraphRoots(
        Pruning.of(go), roots, List.of(main), Replacements.of(main), folder -> Optional.empty());
  }

  /// A program that requires these and nothing else, as somebody writes it today.
  public static GraphRoots of(Collection<ModuleVersion> modules) {
    List<Require> requires = new ArrayList<>();
    for (ModuleVersion module : modules) {
      requires.add(new Require(module.path().value(), module.version().toString(), false, 0));
    }
    return of(
        new GoMod(
            Optional.of(PROGRAM),
            Optional.empty(),
            Optional.of(PROGRAM_GO),
            Optional.empty(),
            requires,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  /// The main modules of a workspace.
  ///
  /// @param members their go.mods, by the folder as `use` writes it
  /// @throws IllegalArgumentException as for one module; besides where a go.mod is missing, where
  ///   two declare one path, where one wants a newer Go than the go.work, and where the go.work
  ///   replaces one of them
  public static GraphRoots of(GoWork work, Map<String, GoMod> members) {
    Map<String, GoMod> files = new LinkedHashMap<>();
    for (Use use : work.uses()) {
      GoMod file = members.get(use.folder());
      if (file == null) {
        throw new IllegalArgumentException(
            "go.work uses the folder " + Quoted.of(use.folder()) + ", which has no go.mod");
      }
      files.put(use.folder(), file);
    }
    String go = work.go().orElse(DEFAULT_WORK_GO);
    List<Node> roots = new ArrayList<>();
    for (GoMod file : files.values()) {
      Node main = main(file);
      if (roots.contains(main)) {
        throw new IllegalArgumentException(
            "module " + Quoted.of(main.path()) + " appears more than once in go.work");
      }
      requireGo(main, file.go().orElse(DEFAULT_GO), go);
      roots.add(main);
    }
    Replacements replacements = Replacements.of(work, files, roots);
    addGo(roots, go, work.toolchain());
    return new GraphRoots(
        Pruning.WORKSPACE,
        roots,
        List.copyOf(files.values()),
        replacements,
        folder -> Optional.empty());
  }

  /// The same, with go.mods of folders that take the place of modules.
  ///
  /// @param known told the folder as `replace` writes it, in a workspace the way to it from the
  ///   go.work's folder. Empty where its go.mod is not known: it then counts as one without
  ///   requirements, and the graph says so
  public GraphRoots withFolders(Function<String, Optional<Requirements>> known) {
    return new GraphRoots(pruning, roots, files, replacements, known);
  }

  private static void addGo(List<Node> roots, String go, Optional<String> toolchain) {
    roots.add(new Node(Node.GO, go));
    toolchain.ifPresent(name -> roots.add(new Node(Node.TOOLCHAIN, name)));
  }

  private static void requireGo(Node main, String its, String works) {
    if (VersionOrder.compareGo(its, works) > 0 && VersionOrder.compareGo(its, STRICT_GO) >= 0) {
      throw new IllegalArgumentException(
          "module "
              + Quoted.of(main.path())
              + " wants go "
              + its
              + ", but the go.work that uses it has go "
              + works);
    }
  }

  private static Node main(GoMod file) {
    String path =
        file.module()
            .orElseThrow(() -> new IllegalArgumentException("go.mod has no module directive"));
    if (path.equals(Node.GO) || path.equals(Node.TOOLCHAIN)) {
      throw new IllegalArgumentException(
          "module path " + Quoted.of(path) + " is reserved for Go itself");
    }
    return new Node(path, "");
  }

  private static Set<Node> excludes(GoMod file) {
    return file.excludes().stream().map(GraphRoots::node).collect(Collectors.toSet());
  }

  private static Node node(Require require) {
    return new Node(require.path(), require.version());
  }

  private static Node node(Exclude exclude) {
    return new Node(exclude.path(), exclude.version());
  }

  /// Whether `go mod tidy` also looks at the graph as Go 1.16 would: it does for go 1.17.
  boolean comparesUnpruned() {
    return roots.stream()
        .anyMatch(node ->
            node.path().equals(Node.GO) && VersionOrder.compareGo(node.version(), "1.18") < 0);
  }

  /// Of a workspace's main module; empty for all else.
  Optional<Requirements> member(Node node) {
    return Optional.ofNullable(members.get(node));
  }

  boolean isExcluded(Node node) {
    return excludes.contains(node);
  }

  /// Whether a main module uses the path itself: requires it without marking it as indirect.
  boolean isDirect(String path) {
    return path.equals(Node.GO) || direct.contains(path);
  }

  boolean isMain(String path) {
    return mains.stream().anyMatch(main -> main.path().equals(path));
  }
}
