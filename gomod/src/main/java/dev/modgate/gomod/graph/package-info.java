/// The module graph, and minimal version selection over it, as `go list -m all` and `go mod graph`
/// have them.
///
/// The nodes are module versions; an edge says that a go.mod requires another version. Of each path
/// the newest version that is a node is *selected*, and the selected versions are the build list.
/// Which go.mods are read decides which nodes there are:
///
/// ```
/// main module         a dependency            of a dependency, its requirements are
/// go 1.17 or later    go 1.17 or later        nodes, but their go.mods are not read ("pruned")
/// go 1.17 or later    older                   read, and so all below them
/// older               any                     read, and so all below them
/// ```
///
/// An example: `main` (go 1.20) requires `a v1.0.0` and `b v1.0.0`; `a v1.0.0` (go 1.20) requires
/// `b v1.1.0`; `b v1.1.0` (go 1.20) requires `c v1.0.0`.
///
/// ```
/// first graph     main → a@v1.0.0, b@v1.0.0    a@v1.0.0 → b@v1.1.0            selected b@v1.1.0
/// raised          main → a@v1.0.0, b@v1.1.0    a@v1.0.0 → b@v1.1.0    b@v1.1.0 → c@v1.0.0
/// build list      main, a@v1.0.0, b@v1.1.0, c@v1.0.0
/// ```
///
/// ## Rules
///
/// - The main module's requirements are the *roots*. Where another version of a root is selected,
///   the root is raised to it and the graph is loaded again, until all roots are selected. Before
///   Go 1.17 the roots become the fewest that lead to the same build list.
/// - A go line from 1.21 on is a requirement of the module `go`, one of `go@1.25.0` is a
///   requirement of `toolchain@go1.25.0`; a main module's toolchain line is one too. Neither is
///   downloaded, and `go list -m all` does not show them.
/// - `replace` (the main module's, first the go.work's): the go.mod of the replacement is read, and
///   what it requires stands under the old path and version. It must declare one of both paths. A
///   folder is not downloaded.
/// - `exclude` (the main modules'): such a requirement counts in no go.mod.
/// - In a workspace the main modules are the roots; nothing is raised. A path that a main module
///   needs counts at its selected version, with what that requires.
/// - A requirement of the main module itself is read as the version that it names.
/// - In a dependency's go.mod `v1.2` means `v1.2.0`. In the main module's it would be resolved over
///   the network, so here it is a problem, unless it is replaced.
///
/// ## Step by step
///
/// {@link dev.modgate.gomod.graph.GraphWalk} asks for go.mods and begins anew each time it is told
/// more. It never asks for one that `go` would not read too, and for all that can be told by now at
/// once. Where `go` ends at the first go.mod that can't be read, the walk takes it for one without
/// requirements and names it in the end, with who requires it.
///
/// ## Limits
///
/// 50,000 nodes and 2,000,000 edges, counted while walking; a graph of 50,000 nodes with six edges
/// each takes less than 100 MiB together with what the caller knows.
///
/// Sources: https://go.dev/ref/mod#minimal-version-selection, https://go.dev/ref/mod#graph-pruning,
/// https://go.dev/ref/mod#workspaces, `cmd/go/internal/modload`
@NullMarked
package dev.modgate.gomod.graph;

import org.jspecify.annotations.NullMarked;
