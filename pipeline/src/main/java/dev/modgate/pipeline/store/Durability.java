package dev.modgate.pipeline.store;

/// What a store promises about an object once its write has returned.
public enum Durability {
  /// It survives a power failure: the file and every folder on the way to it are on the disk. For
  /// the zone store.
  FSYNC,
  /// It survives a killed process, not a power failure. For what can be fetched again: blobs.
  RELAXED
}
