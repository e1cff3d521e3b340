package dev.modgate.gomod.modfile;

import java.util.List;
import java.util.Optional;

/// What a go.mod says.
///
/// Of the comments above a directive the first 16 KiB count.
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

  /// The most that a main module's file may have; real ones stay under 100 KiB.
  public static final int MAX_MAIN_BYTES = 1 << 20;

  /// The most that are kept of one file; real ones stay under 5,000.
  static final int MAX_DIRECTIVES = 100_000;

  public GoMod {
    requires = List.copyOf(requires);
    replaces = List.copyOf(replaces);
    excludes = List.copyOf(excludes);
    retracts = List.copyOf(retracts);
    tools = List.copyOf(tools);
    godebugs = List.copyOf(godebugs);
    ignores = List.copyOf(ignores);
  }

  /// Reads a main module's go.mod, at most [#MAX_MAIN_BYTES]: what is unknown is an error.
  ///
  /// @param fileName what error sentences call the file
  /// @throws GoModException naming each line that is wrong
  public static GoMod parse(byte[] content, String fileName) throws GoModException {
    return GoModReader.read(content, fileName, Mode.STRICT).toGoMod();
  }

  /// Reads a dependency's go.mod as `go` does: unknown directives and those that count only in the
  /// main module (`replace`, `exclude`, `toolchain`, `tool`, `godebug`) are skipped unread.
  ///
  /// What is no UTF-8 reads as U+FFFD.
  ///
  /// @param fileName what error sentences call the file
  /// @throws GoModException naming each line that is wrong
  public static GoMod parseLax(byte[] content, String fileName) throws GoModException {
    return GoModReader.read(content, fileName, Mode.LAX).toGoMod();
  }

  /// Checks a dependency's go.mod as [#parseLax] does, and keeps of it the module path alone, so
  /// that memory does not grow with what the file says.
  ///
  /// @param fileName what error sentences call the file
  /// @return the module path as written, without quotes
  /// @throws GoModException naming each line that is wrong
  public static Optional<String> declaredPath(byte[] content, String fileName)
      throws GoModException {
    return GoModReader.read(content, fileName, Mode.PATH).toGoMod().module();
  }

  enum Mode {
    STRICT,
    LAX,
    /// As `LAX`, but only `module` is kept.
    PATH,
    /// As `STRICT`, of a go.work.
    WORK;

    int maxBytes() {
      return isStrict() ? MAX_MAIN_BYTES : MAX_BYTES;
    }

    boolean isStrict() {
      return this == STRICT || this == WORK;
    }
  }
}
