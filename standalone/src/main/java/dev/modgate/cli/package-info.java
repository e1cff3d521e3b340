/// The command line. It talks to a running Modgate through the HTTP API alone, and starts one for
/// this machine where none runs. What is checked offline is in {@link dev.modgate.audit}.
///
/// Exit codes: 0 done, 1 something was rejected or failed (each named, with its reason), 2 usage, 3
/// not reachable.
@NullMarked
package dev.modgate.cli;

import org.jspecify.annotations.NullMarked;
