/// The chain of upstreams: who is asked, in which order, and where the search ends.
///
/// The chain is walked as the `go` command walks `GOPROXY`, for each of `.info`, `.mod` and `.zip`
/// by itself: behind `,` the next upstream is asked where this one answered 404 or 410; behind `|`
/// after any answer but the wanted one. So a version that is split over two upstreams is found, and
/// the fetch says which of them gave which file.
///
/// Equals ([Groups]) share one place in the chain. The quickest that works is asked first, by
/// moving averages, and the next of them after any answer but the wanted one; the place's answer is
/// absence only where each of them said so. The separator behind the last one is the place's. One
/// whose slots are all taken is passed over while an equal has a free one; where none has, they are
/// waited for by turns.
///
/// What an upstream said it has not is remembered for a while (`Absences`), and counts as said.
///
/// Where bytes are wrong, each other upstream is asked before that is the module's fault: who gave
/// bytes that were refused is asked last for these files, and then, as behind a file that is too
/// large, any answer leads on to the next upstream, whatever the separator. One that does not
/// answer at all may have the right bytes: it is waited for.
///
/// Tries, waits and upstreams of a version share one minute, except for downloads that make
/// progress.
@NullMarked
package dev.modgate.fetcher.chain;

import org.jspecify.annotations.NullMarked;
