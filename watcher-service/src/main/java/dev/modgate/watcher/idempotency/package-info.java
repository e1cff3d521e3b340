/// A `POST` with an `Idempotency-Key` is done once, however often it comes.
///
/// The key names one request: method, path and the SHA-256 of the body. What comes again gets the
/// answer that was given, with `Idempotency-Replayed: true`; with another body, method or path 422,
/// and while the first still runs 409. Only what succeeded is kept: what failed has changed
/// nothing, and is tried anew. A process that is killed leaves its key taken for some minutes.
@NullMarked
package dev.modgate.watcher.idempotency;

import org.jspecify.annotations.NullMarked;
