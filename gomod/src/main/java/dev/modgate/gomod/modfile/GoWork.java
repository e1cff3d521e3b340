package dev.modgate.gomod.modfile;

import java.util.List;
import java.util.Optional;

/// What a go.work says.
///
/// @param go a Go version such as `1.25` or `1.26.0`
/// @param toolchain such as `go1.26.1`
/// @param uses the folders of the main modules
/// @param replaces these come before those of the main modules
public record GoWork(
    Optional<String> go,
    Optional<String> toolchain,
    List<Use> uses,
    List<Replace> replaces,
    List<Godebug> godebugs) {

  public GoWork {
    uses = List.copyOf(uses);
    replaces = List.copyOf(replaces);
    godebugs = List.copyOf(godebugs);
  }

  /// Reads a go.work, at most [GoMod#MAX_MAIN_BYTES]: what is unknown is an error.
  ///
  /// @param fileName what error sentences call the file
  /// @throws GoModException naming each line that is wrong
  public static GoWork parse(byte[] content, String fileName) throws GoModException {
    return GoModReader.read(content, fileName, GoMod.Mode.WORK).toGoWork();
  }
}
