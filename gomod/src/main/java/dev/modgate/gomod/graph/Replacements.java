package dev.modgate.gomod.graph;

import dev.modgate.gomod.modfile.GoMod;
import dev.modgate.gomod.modfile.Replace;
import dev.modgate.gomod.quote.Quoted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /// Of one file each. A key without a version stands for every version.
  private final List<Map<Node, With>> files;

  private Replacements(List<Map<Node, With>> files) {
    this.files = files;
  }

  static Replacements of(GoMod main) {
    return new Replacements(List.of(ofFile(main.replaces())));
  }

  private static Map<Node, With> ofFile(List<Replace> replaces) {
    Map<Node, With> of = new HashMap<>();
    for (Replace r : replaces) {
      Node old = new Node(r.path(), r.version().orElse(""));
      var with = new With(r.withPath(), r.withVersion().orElse(""));
      With before = of.putIfAbsent(old, with);
      if (before != null && !before.equals(with)) {
        throw conflict(old, before, with);
      }
    }
    return of;
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
    var any = new Node(node.path(), "");
    With last = null;
    for (Map<Node, With> file : files) {
      With exact = file.get(node);
      With found = exact != null ? exact : file.get(any);
      last = found != null ? found : last;
    }
    return last;
  }
}
