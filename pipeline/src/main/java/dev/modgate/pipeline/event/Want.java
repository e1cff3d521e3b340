package dev.modgate.pipeline.event;

/// What is needed of a module version.
public enum Want {
  /// The go.mod (and `.info`), for the module graph.
  MOD,
  /// All: `.info`, `.mod` and `.zip`.
  ZIP;

  /// Whether having this answers the need for `other`.
  public boolean covers(Want other) {
    return this == ZIP || other == MOD;
  }
}
