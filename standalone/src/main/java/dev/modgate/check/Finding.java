package dev.modgate.check;

/// Why a project will not build inside.
///
/// @param module `path@version`; as a go.mod writes it
/// @param sentence the gateway's, or our own
/// @param where who needs it
public record Finding(String module, Need need, Kind kind, String sentence, String where) {
  /// What is the matter with it.
  public enum Kind {
    /// It is not inside, or not all of it.
    ABSENT,
    /// It will not come inside.
    REFUSED,
    /// Inside is another go.mod than the project's go.sum has.
    DIFFERENT,
    /// Its go.mod can't be read.
    UNREADABLE
  }
}
