/// The talk with an upstream over HTTP.
///
/// Redirects are followed to upstreams and to hosts that are configured, and not to internal
/// addresses unless that is allowed; credentials and the client's certificate go to the upstream
/// alone.
///
/// A body that stalls or trickles is ended; so is what answers with no HTTP. The table of what an
/// answer means is in {@link dev.modgate.fetcher.source}.
@NullMarked
package dev.modgate.fetcher.http;

import org.jspecify.annotations.NullMarked;
