package dev.modgate.gomod.sumdb;

import dev.modgate.gomod.module.ModulePath;
import java.util.ArrayList;
import java.util.List;

/// The value of `GONOSUMDB`, or of `GOPRIVATE`, which is its default: which modules no database is
/// asked about, because their names are secret.
///
/// Patterns apart by commas. A pattern of so many elements is held against as many elements at the
/// beginning of the module path: `*.corp.example.com,rsc.io/private` fits
/// `git.corp.example.com/team/m` and `rsc.io/private/x`. Within an element `*` is any text, `?` any
/// character, `[a-z]` and `[^a-z]` one of these or of all others, and a backslash takes the meaning
/// from what follows.
///
/// Two things differ from `go`, so that no name is given away by a slip: blanks around a pattern
/// are ignored, and a broken pattern is an error, where `go` has it fit nothing.
///
/// Source: https://go.dev/ref/mod#private-modules, `golang.org/x/mod/module.MatchPrefixPatterns`,
/// https://pkg.go.dev/path#Match
public final class NoSumDb {
  private final String text;
  private final List<Glob> globs;

  private NoSumDb(String text, List<Glob> globs) {
    this.text = text;
    this.globs = List.copyOf(globs);
  }

  /// @param value empty: every module is asked about
  /// @throws IllegalArgumentException naming the first pattern that is broken
  public static NoSumDb parse(String value) {
    var globs = new ArrayList<Glob>();
    for (String part : value.split(",", -1)) {
      String stripped = part.strip();
      String glob =
          stripped.endsWith("/") ? stripped.substring(0, stripped.length() - 1) : stripped;
      if (!glob.isEmpty()) {
        globs.add(Glob.parse(glob));
      }
    }
    return new NoSumDb(value, globs);
  }

  /// Whether no database is to be asked about this module.
  public boolean matches(ModulePath module) {
    return globs.stream().anyMatch(glob -> glob.matchesBeginningOf(module.value()));
  }

  /// As it was given.
  @Override
  public String toString() {
    return text;
  }
}
