/// The chain of upstreams: who is asked, in which order, and what each answer means.
///
/// One module version is taken whole from one upstream: `.info`, `.mod` and, where wanted, `.zip`.
/// An upstream that lacks one of them lacks the version. The chain is walked as the `go` command
/// walks `GOPROXY`: behind `,` the next upstream is asked where this one answered 404 or 410;
/// behind `|` after any answer but the wanted one.
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
