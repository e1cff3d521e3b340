/// The fetcher: takes `module-requested`, brings the bytes of the module version from an upstream
/// into the blob store, and says so by `module-fetched`.
///
/// It proves nothing about the bytes; that is the verifier's. What can't be had is
/// `module-deferred`; what is larger than Go allows is `module-rejected`; and while no upstream
/// works, or the blob store can't be written, the stage pauses.
@NullMarked
package dev.modgate.fetcher;

import org.jspecify.annotations.NullMarked;
