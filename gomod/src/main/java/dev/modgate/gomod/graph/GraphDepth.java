package dev.modgate.gomod.graph;

/// For what the graph is to suffice.
public enum GraphDepth {
  /// `go list -m all`, `go mod graph`, and builds of a go.mod that is tidy.
  BUILD,

  /// Also `go mod tidy`, where the go.mod does not list all that its packages import.
  TIDY
}
