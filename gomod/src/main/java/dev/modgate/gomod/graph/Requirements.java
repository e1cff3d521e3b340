package dev.modgate.gomod.graph;

import dev.modgate.gomod.modfile.GoMod;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What of a dependency's go.mod counts for the module graph.
///
/// @param module the path it declares; where it is empty, that is not looked at
/// @param go a version such as `1.25` or `1.26.0`
/// @param requires in the order of the file; no `go` among them
public record Requirements(Optional<String> module, Optional<String> go, List<Node> requires) {
  private static final Pattern SHORT = Pattern.compile("v[0-9]+(\\.[0-9]+)?");

  public Requirements {
    requires = List.copyOf(requires);
  }

  /// @param goMod a dependency's, read leniently, or that of a folder
  public static Requirements of(GoMod goMod) {
    return new Requirements(
        goMod.module(),
        goMod.go(),
        goMod.requires().stream().map(r -> new Node(r.path(), canonical(r.version()))).toList());
  }

  /// `go` reads `v1.2` in a dependency's go.mod as `v1.2.0`, and forgets build metadata.
  public static String canonical(String version) {
    Matcher m = SHORT.matcher(version);
    if (m.matches()) {
      return version + ".0".repeat(m.group(1) == null ? 2 : 1);
    }
    int plus = version.indexOf('+');
    return plus < 0 || version.endsWith("+incompatible") ? version : version.substring(0, plus);
  }
}
