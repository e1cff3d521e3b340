/// The benchmark harness: whole commands against a loopback upstream, in turns within one run, so
/// that only ratios are quoted.
///
/// The upstream is a plain file server over a module cache that `go mod download` fills once. Needs
/// the `go` command; `wrk` for the gateway's row.
@NullMarked
package dev.modgate.benchmarks;

import org.jspecify.annotations.NullMarked;
