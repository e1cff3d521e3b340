/// How text from outside stands in an error sentence: quoted, on one line, bounded.
///
/// A module path, a file name or a line of a go.sum may hold control characters that would forge a
/// log line or confuse a terminal, and may be very long.
@NullMarked
package dev.modgate.gomod.quote;

import org.jspecify.annotations.NullMarked;
