/// How text from outside stands in an error sentence, a log line or on a terminal.
///
/// A module path, a file name, a line of a go.sum or an answer of a server may hold control
/// characters that would forge a log line or steer a terminal, and may be very long.
///
/// | text | shown by | becomes |
/// |---|---|---|
/// | any text from outside, as a part of our sentence | {@link dev.modgate.gomod.quote.Quoted} | quoted, on one line, at most 200 characters |
/// | a whole sentence of another part of Modgate | {@link dev.modgate.gomod.quote.Plain} | on one line |
///
/// `example.com/m` followed by ESC and `[2J`, which clears a terminal, is shown by both as
/// `example.com/m\u001b[2J`.
@NullMarked
package dev.modgate.gomod.quote;

import org.jspecify.annotations.NullMarked;
