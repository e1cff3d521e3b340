package dev.modgate.start;

import java.util.List;
import java.util.Optional;

/// Why a service can't start, for the operator: a setting, a port, a folder.
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /// @param problems at least one sentence, each on one line
  public StartException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public StartException(String problem) {
    this(List.of(problem));
  }

  public StartException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  /// The one among a failure and its causes.
  public static Optional<StartException> among(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof StartException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  public List<String> problems() {
    return problems;
  }
}
