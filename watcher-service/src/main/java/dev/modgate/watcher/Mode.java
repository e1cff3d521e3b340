package dev.modgate.watcher;

/// What this process is.
enum Mode {
  /// The control plane.
  WATCHER,
  /// Reads Git where the watcher can't, and sends outward what it needs: no Kafka, no syncs.
  AGENT
}
