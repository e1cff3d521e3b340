/// How connections to upstreams come about: whom they trust, through which proxy they go, as whom
/// they come, and where they never lead.
@NullMarked
package dev.modgate.fetcher.connect;

import org.jspecify.annotations.NullMarked;
