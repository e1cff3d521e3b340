/// How the verifier asks the checksum database, and what all verifiers remember of it.
///
/// ## Trust
///
/// Below `trust/<database>/` of the blob store (a `/` in the name of a database becomes a `+`),
/// durable, in every backup, never collected ({@link dev.modgate.verifier.sumdb.TrustStore}):
///
/// | object | content | written |
/// |---|---|---|
/// | `created` | the key of the database | once, by `modgate.verifier.sumdb-init` |
/// | `latest` | the newest tree head that any verifier has seen, or a word that there is none yet | by compare-and-swap, forward only |
/// | `tile/…` | authentic tiles | once each |
/// | `inside` | the newest epoch of the zone | by the publisher, forward only |
/// | `alarm` | why every verifier stopped, with both notes | when the database forked or went back |
/// | `acknowledged/…` | an alarm of the past, and who let the verifiers go on, when and why | by `modgate security acknowledge` |
///
/// The remembered head is what reveals a rollback, so it is never made anew where it was before:
/// without `created` only `sumdb-init` begins a memory, and not beside anything that is left of
/// one; with `created` but without `latest`, or with tiles but without a head, the verifier does
/// not start. Where it runs and `latest` goes, it pauses.
///
/// ## What comes of asking
///
/// | what | the verifier |
/// |---|---|
/// | proven | compares hashes: the database decides |
/// | not known | refuses: `unverifiable`, unless the database then can't be asked for its latest head |
/// | no answer | is put off where the database answers otherwise, else the stage pauses |
/// | an answer that must not be believed | the same, and it is a security event |
/// | a fork | writes `alarm`; so it does where the database has gone back and stays so for a minute |
/// | `alarm` is there | pauses until a person acknowledges it |
///
/// Toolchains are asked about whatever `no-sumdb` says, as `go` does.
///
/// The latest head is asked for before the first version and then every ten minutes while versions
/// come, because only that tells a database that went back from a cache with an old answer.
///
/// It is asked through the first proxy that answers `sumdb/<name>/supported` with 200, else
/// directly; which of them it is decides nothing, because all that comes is checked against the
/// pinned key. Proxies of the network, authorities, certificate and credentials are those of {@link
/// dev.modgate.start.connect}; redirects are not followed, so nobody else sees them. An answer has
/// 16 KiB at most, and a time limit as a whole.
@NullMarked
package dev.modgate.verifier.sumdb;

import org.jspecify.annotations.NullMarked;
