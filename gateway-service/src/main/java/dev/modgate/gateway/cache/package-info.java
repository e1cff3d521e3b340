/// A bounded cache, on this machine's disk, of what the gateway served, so that a zone store that
/// is away does not stop builds of what was built before.
///
/// It is asked *only while the store can't be read*. As long as the store answers, it alone says
/// what is inside: a changed file is served as it is now, and what is gone is gone, from the cache
/// too. What the cache does not have is 503 meanwhile, never 404 or 403: neither absence nor a
/// refusal is remembered.
///
/// ## What is kept
///
/// Every object of the protocol and of the checksum database that was read whole from the store:
/// small ones at once, large ones while they are sent (so not after a `HEAD`, a range, or a client
/// that hung up). Nothing of `_modgate/`.
///
/// ## When the store is away
///
/// - A call that fails, and a look at the store fails too. An object that alone can't be read is
///   served from the cache, and the store goes on to be asked for the others.
/// - A call that takes longer than `wait-for-store`, or that finds all threads waiting for the
///   store already. Then nobody asks it any more but one thread, after 2 s, and later each time it
///   was back for less than a minute, up to every minute: a store that hangs delays a few requests
///   by `wait-for-store`, and holds a bounded number of threads.
///
/// A large file that stops in its middle goes on from the cache where the cache has the same
/// revision; otherwise the connection is cut, and the next try is served from the cache.
///
/// ## Files
///
/// `FOLDER/KK/KEY-CONTENT-REVISION`, each a SHA-256 in hexadecimal: of the object's key (`KK` its
/// first byte), of the content, and of the store's revision. The content is as it was read. Its
/// time is when the store was last seen to hold it. A file is written as `FOLDER/UUID.part` and
/// renamed; it is hashed again before any byte of it is served, so neither half a file nor one that
/// rotted is. What was not used for longest goes first when `max-size` is full, counted in blocks
/// of 4 KiB, or 200,000 files are. `FOLDER/lock` is held while a gateway uses it.
@NullMarked
package dev.modgate.gateway.cache;

import org.jspecify.annotations.NullMarked;
