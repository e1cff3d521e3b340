package dev.modgate.watcher.ledger;

import dev.modgate.gomod.semver.Version;
import java.util.Optional;

/// What stands for a state of a repository.
///
/// @param name the full name of a branch; of tags their folder and `*`; empty for an agent's
record Line(String name) {
  private static final String TAGS = "refs/tags/";

  /// @param ref empty for what an agent sends
  /// @return empty for what puts nothing in use, such as a pull request
  static Optional<Line> of(String ref) {
    if (ref.isEmpty() || ref.startsWith("refs/heads/")) {
      return Optional.of(new Line(ref));
    }
    return ref.startsWith(TAGS)
        ? Optional.of(new Line(ref.substring(0, ref.lastIndexOf('/') + 1) + "*"))
        : Optional.empty();
  }

  /// Whether the line goes on from one of its refs to another: a branch always, tags to higher
  /// versions, and from what is no version to what was seen later.
  boolean goesOn(String from, String to) {
    if (!name.startsWith(TAGS) || from.equals(to)) {
      return true;
    }
    Optional<Version> before = version(from);
    Optional<Version> next = version(to);
    return before.isEmpty() || (next.isPresent() && next.get().compareTo(before.get()) > 0);
  }

  private static Optional<Version> version(String tag) {
    try {
      return Optional.of(Version.parse(tag.substring(tag.lastIndexOf('/') + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
