/// The chain of upstreams: who is asked, in which order, and what each answer means.
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
/// What an upstream said it has not is remembered for a while ([Absences]), and counts as said.
///
/// Where bytes are wrong, each other upstream is asked before that is the module's fault: who gave
/// bytes that were refused is asked last for these files, and then, as behind a file that is too
/// large, any answer leads on to the next upstream, whatever the separator. One that does not
/// answer at all may have the right bytes: it is waited for.
///
/// What an answer means:
///
/// | answer | is |
/// |---|---|
/// | 200 and fit bytes | the file |
/// | 404, 410 | absent; but temporary where the text says `fetch timed out` |
/// | 401, 403 | refused |
/// | 200 and a web page, JSON for another version, no zip | a bad answer |
/// | more bytes than Go's limits allow | too large |
/// | 408, 429, 5xx, no answer, no HTTP, a body that stops or ends early | failed: tried again |
///
/// Whether a failure is the module's or the upstream's is for the breaker of each upstream:
///
/// | what comes | says of the upstream |
/// |---|---|
/// | the file, 404, 410, 401, 403, too large, `fetch timed out` | it works: closes its breaker |
/// | a body that stops or ends early | nothing |
/// | a bad answer, 408, 429, 5xx, no answer, no HTTP | it is down, where three different module versions meet that and nothing is answered in between; keeps a breaker open that tries |
/// | no connection | it is down, where it is so often |
///
/// A version that alone fails is put off, and the others go on.
///
/// A download that breaks off is gone on with, where the answer had a strong validator: the next
/// try asks by `Range` and `If-Range` for the rest. Only a 206 with just that rest is joined to
/// what is here; anything else begins anew. A try that brought a mebibyte more to be kept is none:
/// the count of tries begins again.
///
/// Redirects are followed to upstreams and to hosts that are configured, and not to internal
/// addresses unless that is allowed; credentials and the client's certificate go to the upstream
/// alone.
///
/// Tries, waits and upstreams of a version share one minute, except for downloads that make
/// progress.
///
/// The file's limits are Go's: `.mod` 16 MiB, `.zip` 500 MiB (`golang.org/x/mod/zip.MaxGoMod`,
/// `.MaxZipFile`).
@NullMarked
package dev.modgate.fetcher.upstream;

import org.jspecify.annotations.NullMarked;
