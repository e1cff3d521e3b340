/// The collection of blobs that nobody needs any more, by the service that writes them.
///
/// About once an hour [BlobCollection] walks the blob store twice, shard by shard, slowly: it
/// counts bytes by hours, finds the time before which blobs go (older than the age allows, or the
/// oldest above the size), and forgets these. It holds a number for each hour, however many blobs
/// there are. It may be stopped at any instant: what is forgotten is forgotten, and the next pass
/// looks anew. Several fetchers may do it at once.
///
/// What is younger than an hour always stays. What is missed by a later stage all the same is
/// deferred with `refetch`, and fetched again.
@NullMarked
package dev.modgate.fetcher.collect;

import org.jspecify.annotations.NullMarked;
