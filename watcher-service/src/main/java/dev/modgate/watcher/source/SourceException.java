package dev.modgate.watcher.source;

import java.util.List;

/// A declaration that can't be used.
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  SourceException(String source, List<Problem> problems) {
    super(
        "source "
            + source
            + ": "
            + String.join(
                "; ",
                problems.stream().map(problem -> problem.key() + " " + problem.fault()).toList()));
    this.problems = List.copyOf(problems);
  }

  /// @param key of the declaration, as in the settings
  /// @param fault follows the key in a sentence
  public record Problem(String key, String fault) {}

  /// Every one that was found.
  public List<Problem> problems() {
    return problems;
  }
}
