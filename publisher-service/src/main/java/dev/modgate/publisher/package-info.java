/// Writes verified module versions into the zone store ([dev.modgate.pipeline.zone]).
///
/// Nothing is published that no pinned verifier has signed ({@link dev.modgate.pipeline.verdict}):
/// such a record is refused as `bad-signature`, a security event, before the zone store is touched.
/// That says nothing about the module, so no note of it is kept inside.
///
/// Publication is a row of idempotent steps, and all of them run every time; a file that is there
/// never short-circuits the later steps, so that a crash between any two heals with the next
/// delivery of the event:
///
/// 1. *Pin*: the h1 hashes are put beside the module if none are there. What is there counts: the
///    same h1 goes on (also in another packing), another h1 is refused as `published-differs`,
///    which is a security event ({@link dev.modgate.start.SecurityEvents}).
/// 2. *Database*: what the checksum database inside needs of the version, where the evidence has a
///    proof ({@link dev.modgate.publisher.sumdb}).
/// 3. `.zip`, 4. `.mod`, 5. `.info`: put if absent. The bytes are hashed again while they are
///    copied, and nothing is put whose SHA-256 or size is not the verified one. What lies there
///    already must be what the evidence names, or have the pinned h1: what is neither was changed
///    inside, is a security event in the log, and defers the module.
/// 6. *Evidence*: put beside the module if none is there. It names the bytes that lie there now:
///    where an earlier delivery, of another packing, put one of the files and died, that one's
///    SHA-256 and size.
/// 7. `@v/list`, then `@latest`, by compare-and-swap. A version is listed only when its three files
///    are there, so a reader never meets a listed version that it can't have.
/// 8. The notes of earlier refusals are removed.
///
/// For a want of `MOD` only `.mod` and `.info` are put: a listed version without a zip would break
/// `go get module@latest`.
///
/// Where the zone store or the blob store fails, the stage pauses. Where one object in it can't be
/// used, the item that needs it is deferred; a listed version whose `.info` is missing is left out
/// of `@latest`.
@NullMarked
package dev.modgate.publisher;

import org.jspecify.annotations.NullMarked;
