/// One upstream: a file of a version from it into the blob store, over all tries, and what is known
/// of how it is doing.
///
/// A download that breaks off is gone on with, where the answer had a strong validator: the next
/// try asks by `Range` and `If-Range` for the rest. Only a 206 with just that rest is joined to
/// what is here; anything else begins anew. A try that brought a mebibyte more to be kept is none:
/// the count of tries begins again.
///
/// The file's limits are Go's: `.mod` 16 MiB, `.zip` 500 MiB (`golang.org/x/mod/zip.MaxGoMod`,
/// `.MaxZipFile`).
@NullMarked
package dev.modgate.fetcher.upstream;

import org.jspecify.annotations.NullMarked;
