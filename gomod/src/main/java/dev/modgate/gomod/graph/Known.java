package dev.modgate.gomod.graph;

/// What the caller knows of the go.mod of one module version.
public sealed interface Known {
  /// It was read.
  record Read(Requirements requirements) implements Known {}

  /// Not yet: the walk asks for it.
  record Unread() implements Known {}

  /// It can't be had: absent, refused, broken. The walk goes on without.
  ///
  /// @param sentence why, for the user
  record Unreadable(String sentence) implements Known {}
}
