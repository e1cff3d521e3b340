package dev.modgate.gomod.modfile;

import java.util.List;

/// A go.mod or go.work that cannot be read. The message has one line for each problem, each
/// beginning with the file's name and, where one line is to blame, its number: `go.mod:7: …`.
public final class GoModException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  GoModException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// At least one sentence, at most 20.
  public List<String> problems() {
    return problems;
  }
}
