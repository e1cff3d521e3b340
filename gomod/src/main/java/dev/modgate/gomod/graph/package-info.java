/// The module graph, and minimal version selection over it, as `go list -m all` and `go mod graph`
/// have them.
@NullMarked
package dev.modgate.gomod.graph;

import org.jspecify.annotations.NullMarked;
