/// When an upstream is asked again, when it is left alone, and how much is asked of it at a time.
///
/// Whether a failure is the module's or the upstream's is for the breaker of each upstream:
///
/// | what comes | says of the upstream |
/// |---|---|
/// | the file, 404, 410, 401, 403, too large, `fetch timed out` | it works: closes its breaker |
/// | a body that ends early | nothing |
/// | a body that stops or trickles, a bad answer, 408, 429, 5xx, no answer, no HTTP | it is down, where three different module versions meet that and nothing is answered in between; keeps a breaker open that tries |
/// | no connection | it is down, where it is so often |
///
/// A version that alone fails is put off, and the others go on.
@NullMarked
package dev.modgate.fetcher.resilience;

import org.jspecify.annotations.NullMarked;
