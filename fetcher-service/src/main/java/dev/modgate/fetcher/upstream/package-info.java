/// The chain of upstreams: who is asked, in which order, and what each answer means.
///
/// The chain is walked as the `go` command walks `GOPROXY`, for each of `.info`, `.mod` and `.zip`
/// by itself: behind `,` the next upstream is asked where this one answered 404 or 410; behind `|`
/// after any answer but the wanted one. So a version that is split over two upstreams is found, and
/// the fetch says which of them gave which file.
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
/// | 408, 429, 5xx, no answer, a body that stops or ends early | failed: tried again, and counted by the breaker |
///
/// The file's limits are Go's: `.mod` 16 MiB, `.zip` 500 MiB (`golang.org/x/mod/zip.MaxGoMod`,
/// `.MaxZipFile`).
@NullMarked
package dev.modgate.fetcher.upstream;

import org.jspecify.annotations.NullMarked;
