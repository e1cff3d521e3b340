package dev.modgate.watcher.group;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;

/// What a host said about the repositories of a group.
///
/// @param names whole and checked, such as `pay/backend/api`; those that the patterns leave
/// @param refused how many names are no path below the group
/// @param sentence about those; empty where there are none
/// @param broken why this is not the whole; empty where it is
record Listing(SortedSet<String> names, int refused, String sentence, Optional<Broken> broken) {

  /// @param sentence for people
  /// @param notBefore when the host may be asked again
  /// @param tried whether the host was asked at all
  record Broken(String sentence, Instant notBefore, boolean tried) {}

  boolean whole() {
    return broken.isEmpty();
  }
}
