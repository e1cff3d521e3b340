package dev.modgate.publisher;

import dev.modgate.pipeline.event.Evidence;

/// What came of publishing one module version.
sealed interface Publication {
  /// It is inside.
  ///
  /// @param evidence what is kept beside it, which may be older than this delivery
  record Inside(Evidence evidence) implements Publication {}

  /// Another h1 is pinned. What is inside stays.
  record Differs(String sentence) implements Publication {}
}
