package dev.modgate.watcher.hook.delivery;

import java.util.Locale;
import java.util.Optional;

/// What becomes of a delivery.
public enum Verdict {
  /// A run reads it.
  ACCEPTED(202, true),
  PING(200, true),
  /// Authentic, and nothing to do: another event, another branch, a deletion.
  IGNORED(200, true),
  /// Of a repository that is none of the source's.
  FOREIGN_REPOSITORY(200, true),
  /// Of one below the source's group that is not among its repositories, or not yet.
  UNKNOWN_REPOSITORY(200, true),
  /// Authentic, and no JSON or not what the host sends.
  MALFORMED(400, true),
  /// A secret of the source can't be read, so nobody can say whether it is authentic.
  UNUSABLE_SECRET(503, false),
  /// Signed for another time.
  STALE(403, false),
  /// No signature, or only a weaker one. Answered as [#UNKNOWN_SOURCE].
  UNSIGNED(404, false),
  /// Answered as [#UNKNOWN_SOURCE].
  BAD_SIGNATURE(404, false),
  /// No source has this name and takes webhooks.
  UNKNOWN_SOURCE(404, false),
  TOO_LARGE(413, false),
  TOO_SLOW(408, false);

  private final int status;
  private final boolean authentic;

  Verdict(int status, boolean authentic) {
    this.status = status;
    this.authentic = authentic;
  }

  public int status() {
    return status;
  }

  public boolean authentic() {
    return authentic;
  }

  /// Whether another declaration of the source, or another list of its repositories, makes another
  /// verdict of the same delivery.
  boolean depends() {
    return switch (this) {
      case IGNORED, FOREIGN_REPOSITORY, UNKNOWN_REPOSITORY -> true;
      case ACCEPTED,
          PING,
          MALFORMED,
          UNUSABLE_SECRET,
          STALE,
          UNSIGNED,
          BAD_SIGNATURE,
          UNKNOWN_SOURCE,
          TOO_LARGE,
          TOO_SLOW ->
          false;
    };
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Verdict> ofWireName(String name) {
    for (Verdict verdict : values()) {
      if (verdict.wireName().equals(name)) {
        return Optional.of(verdict);
      }
    }
    return Optional.empty();
  }
}
