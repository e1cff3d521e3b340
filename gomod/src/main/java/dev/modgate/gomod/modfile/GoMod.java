package dev.modgate.gomod.modfile;

import java.util.List;
import java.util.Optional;

/// What a go.mod says.
///
/// @param module the module path as written, without quotes
/// @param deprecated the text after `Deprecated:` in the comment on the module directive
/// @param go a Go version such as `1.25` or `1.26.0`
/// @param toolchain such as `go1.26.1`
/// @param tools package paths
/// @param ignores folders
public record GoMod(
    Optional<String> module,
    Optional<String> deprecated,
    Optional<String> go,
    Optional<String> toolchain,
    List<Require> requires,
    List<Replace> replaces,
    List<Exclude> excludes,
    List<Retract> retracts,
    List<String> tools,
    List<Godebug> godebugs,
    List<String> ignores) {

  /// The most that `go` accepts inside a module zip, so nothing larger can be published.
  public static final int MAX_BYTES = 16 << 20;

  public GoMod {
    requires = List.copyOf(requires);
    replaces = List.copyOf(replaces);
    excludes = List.copyOf(excludes);
    retracts = List.copyOf(retracts);
    tools = List.copyOf(tools);
    godebugs = List.copyOf(godebugs);
    ignores = List.copyOf(ignores);
  }

  /// Reads a main module's go.mod: what is unknown is an error.
  ///
  /// @param fileName what error sentences call the file
  /// @throws GoModException naming each line that is wrong
  public static GoMod parse(byte[] content, String fileName) throws GoModException {
    return GoModReader.read(content, fileName, Mode.STRICT);
  }

  /// Reads a dependency's go.mod as `go` does: unknown directives and those that count only in the
  /// main module (`replace`, `exclude`, `toolchain`, `tool`, `godebug`) are skipped unread.
  ///
  /// @param fileName what error sentences call the file
  /// @throws GoModException naming each line that is wrong
  public static GoMod parseLax(byte[] content, String fileName) throws GoModException {
    return GoModReader.read(content, fileName, Mode.LAX);
  }

  enum Mode {
    STRICT,
    LAX
  }
}
