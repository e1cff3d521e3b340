package dev.modgate.gomod.gosum;

import java.util.List;

/// A go.sum that cannot be used. The message has one line for each problem, each beginning with the
/// file's name and the line's number: `go.sum:12: …`.
public final class GoSumException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  GoSumException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /// At least one sentence, at most 20.
  public List<String> problems() {
    return problems;
  }
}
