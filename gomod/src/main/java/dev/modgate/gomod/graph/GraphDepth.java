package dev.modgate.gomod.graph;

/// For what the graph is to suffice.
public enum GraphDepth {
  /// `go list -m all`, `go mod graph`, and builds of a go.mod that is tidy.
  BUILD,

  /// Also `go mod tidy`, with or without a go.sum. It makes a root of each module that is imported
  /// somewhere below, and then reads its go.mod, and builds the tests of what is imported. Which
  /// modules these are, only the packages say; so every selected module is taken for a root, once.
  /// That is more than is needed, but seldom too little: only where a module came with a newer
  /// version than the one who imports it asked for, and brought another.
  ///
  /// Nothing more than with [#BUILD] for main modules before Go 1.17, whose graph is not pruned,
  /// nor for a workspace: `go mod tidy` looks at one main module.
  TIDY
}
