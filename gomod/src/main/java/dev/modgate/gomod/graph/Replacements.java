package dev.modgate.gomod.graph;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.GoWork;
import dev.modgate.gomod.modfile.Replace;
import dev.modgate.gomod.quote.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The `replace` directives that count, those of a go.work before those of its main modules.
final class Replacements {
  /// What stands in the place of a module version; with an empty version, a folder.
  record With(String path, String version) {
    boolean isFolder() {
      return version.isEmpty();
    }

    @Override
    public String toString() {
      return isFolder() ? path : path + "@" + version;
    }
  }

  /// Those of the one go.mod, or of the go.work. A key without a version stands for every version.
  private final Map<Node, With> first;

  /// Those of a workspace's main modules; the last one that has something to say counts.
  private final List<Map<Node, With>> others;

  private Replacements(Map<Node, With> first, List<Map<Node, With>> others) {
    this.first = first;
    this.others = others;
  }

  /// @throws IllegalArgumentException where two say different things of one version
  static Replacements of(GoMod main) {
    return new Replacements(ofFile(main.replaces(), ""), List.of());
  }

  /// @param members by the folder that the go.work gives them
  /// @throws IllegalArgumentException where two say different things of one version, and the
  ///   go.work says nothing of its path; or where the go.work replaces a main module
  static Replacements of(GoWork work, Map<String, GoMod> members, List<Node> mains) {
    Map<Node, With> first = ofFile(work.replaces(), "");
    for (Node main : mains) {
      if (first.containsKey(main)) {
        throw new IllegalArgumentException(
            "go.work replaces every version of "
                + Quoted.of(main.path())
                + ", which is one of its own modules");
      }
    }
    Set<String> settled = first.keySet().stream().map(Node::path).collect(Collectors.toSet());
    List<Map<Node, With>> files = new ArrayList<>();
    Map<Node, With> all = new HashMap<>();
    members.forEach((folder, file) -> {
      Map<Node, With> own = ofFile(file.replaces(), folder);
      own.forEach((old, with) -> {
        With before = all.put(old, with);
        if (before != null && !before.equals(with) && !settled.contains(old.path())) {
          throw conflict(old, before, with);
        }
      });
      files.add(own);
    });
    return new Replacements(first, files);
  }

  /// @param folder of the file, from which folders in it are
  private static Map<Node, With> ofFile(List<Replace> replaces, String folder) {
    Map<Node, With> of = new HashMap<>();
    for (Replace r : replaces) {
      Node old = new Node(r.path(), r.version().orElse(""));
      String with = r.withVersion().isPresent() ? r.withPath() : join(folder, r.withPath());
      put(of, old, new With(with, r.withVersion().orElse("")));
    }
    return of;
  }

  private static String join(String folder, String path) {
    return folder.isEmpty() ? path : Path.of(folder).resolve(path).normalize().toString();
  }

  private static void put(Map<Node, With> into, Node old, With with) {
    With before = into.putIfAbsent(old, with);
    if (before != null && !before.equals(with)) {
      throw conflict(old, before, with);
    }
  }

  private static IllegalArgumentException conflict(Node old, With one, With other) {
    return new IllegalArgumentException(
        Quoted.of(old.toString())
            + " is replaced by "
            + Quoted.of(one.toString())
            + " and by "
            + Quoted.of(other.toString()));
  }

  /// What is downloaded for a node: itself or its replacement; empty for folders, main modules and
  /// versions of Go.
  Optional<Node> download(Node node) {
    With with = of(node);
    if (with == null) {
      return node.isMain() || node.isToolchain() ? Optional.empty() : Optional.of(node);
    }
    return with.isFolder() ? Optional.empty() : Optional.of(new Node(with.path(), with.version()));
  }

  /// @return null where the node is not replaced
  @Nullable With of(Node node) {
    if (node.isMain() || node.isToolchain()) {
      return null;
    }
    With last = find(first, node);
    if (last == null) {
      for (Map<Node, With> file : others) {
        With found = find(file, node);
        last = found != null ? found : last;
      }
    }
    return last;
  }

  private static @Nullable With find(Map<Node, With> file, Node node) {
    With exact = file.get(node);
    return exact != null ? exact : file.get(new Node(node.path(), ""));
  }
}
