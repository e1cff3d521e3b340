/// How connections to the outer zone come about: through which proxy they go, whom they trust, and
/// as whom they come. Fetcher and verifier have the same settings for it, each in its own section
/// ({@link dev.modgate.start.connect.ConnectSettings}). No sentence of this package shows a secret.
@NullMarked
package dev.modgate.start.connect;

import org.jspecify.annotations.NullMarked;
