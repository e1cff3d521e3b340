/// What an upstream is asked for, and what it says: the words that all who talk to one share, and
/// the plainest of them, a folder.
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
@NullMarked
package dev.modgate.fetcher.source;

import org.jspecify.annotations.NullMarked;
