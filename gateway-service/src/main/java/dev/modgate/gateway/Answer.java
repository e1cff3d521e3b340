package dev.modgate.gateway;

import dev.modgate.pipeline.store.ObjectReader;

/// What the gateway has to say to one path.
sealed interface Answer {
  /// The object; to be closed by who sends it.
  record Found(ObjectReader object, FileKind kind) implements Answer {}

  /// A page of the gateway's own.
  record Page(String text) implements Answer {}

  /// Not inside, or no path of the protocol.
  record Absent(String reason) implements Answer {}

  /// Asked for, and refused.
  record Refused(String reason) implements Answer {}
}
