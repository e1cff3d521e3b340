package dev.modgate.fetcher.source;

/// Why an upstream did not give what it was asked for.
///
/// @param sentence names the file, the upstream and what it answered; for people
public record Miss(Kind kind, String sentence) {
  public enum Kind {
    /// It answered that there is no such version.
    ABSENT,
    /// It answered 401 or 403.
    REFUSED,
    /// It answered with something else than it was asked for.
    BAD_ANSWER,
    /// It sent, or announced, more than is allowed.
    TOO_LARGE,
    /// It did not answer, or with an error, or stopped in the middle; also when tried again.
    FAILED,
    /// No connection came about, for any item; also when tried again.
    UNREACHABLE,
    /// It was not asked, because its breaker is open.
    NOT_ASKED
  }

  /// Whether the upstream did not answer, so that nobody knows what it has.
  public boolean isOutage() {
    return switch (kind) {
      case FAILED, UNREACHABLE, NOT_ASKED -> true;
      case ABSENT, REFUSED, BAD_ANSWER, TOO_LARGE -> false;
    };
  }
}
