package dev.modgate.fetcher.source;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One try at an upstream failed in a way that another try may mend.
public final class UpstreamFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Scope scope;
  private final @Nullable Duration retryAfter;

  /// Whose fault it is, as far as one failure shows.
  public enum Scope {
    /// The file's: the upstream works, and says so itself.
    ITEM,
    /// It began to answer, and the rest did not come: that tells nothing.
    BROKEN_OFF,
    /// The file's or the upstream's: what happens to other module versions tells.
    UNKNOWN,
    /// The upstream's: nobody gets through to it.
    UPSTREAM
  }

  public UpstreamFailedException(Scope scope, String sentence, @Nullable Exception cause) {
    this(scope, sentence, cause, null);
  }

  /// @param retryAfter what the upstream asked for; null where it did not
  public UpstreamFailedException(
      Scope scope, String sentence, @Nullable Exception cause, @Nullable Duration retryAfter) {
    super(sentence, cause);
    this.scope = scope;
    this.retryAfter = retryAfter;
  }

  /// It answered with something else: it may be somebody else who answers.
  public static UpstreamFailedException badAnswer(Miss miss) {
    return new UpstreamFailedException(Scope.UNKNOWN, miss.sentence(), null);
  }

  public Scope scope() {
    return scope;
  }

  /// What is said of it where no further try is made.
  public Miss miss() {
    return new Miss(scope == Scope.UPSTREAM ? Miss.Kind.UNREACHABLE : Miss.Kind.FAILED, sentence());
  }

  /// Zero where the upstream did not ask for a wait.
  public Duration retryAfter() {
    return retryAfter == null ? Duration.ZERO : retryAfter;
  }

  /// Never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
