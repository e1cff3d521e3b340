package dev.modgate.check;

/// Which files of a module version a project needs.
public enum Need {
  /// The go.mod and .info, for the module graph.
  MOD,
  /// Besides, the zip.
  ZIP;

  /// What covers both.
  Need and(Need other) {
    return this == ZIP ? this : other;
  }
}
