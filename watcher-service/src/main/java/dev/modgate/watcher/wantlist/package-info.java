/// What crosses between an agent in the closed zone and the watcher outside: want lists outward,
/// statuses back, as HTTP bodies or as files that somebody carries. All text is ASCII but for the
/// em dash of signatures and the sentences of statuses (UTF-8); lines end in one line feed.
///
/// ## A want list
///
/// A signed note ({@link dev.modgate.gomod.note}) of one signature, an empty line, then the lines
/// whose SHA-256 the note names. Nothing else is in it: no ref, no repository, no host, no person.
///
/// ```
/// modgate want list 1
/// agent inner-1
/// number 1767225600000
/// created 2026-01-01T00:00:00Z
/// source payments
/// commit 3f2a0c0d8f0b6a1e4c5d6e7f8091a2b3c4d5e6f7
/// lines 3
/// sha256 0b2c…
///
/// — inner-1 x08go/ZJkuBS…
///
/// golang.org/x/text v0.14.0 h1:ScX5w1eTa3QqT8oi6+ziP7dTV1S2+ALU0bI+0zXKWiQ=
/// golang.org/x/text v0.14.0/go.mod h1:18ZOQIKpY8NJVqYksKHtTdi31H5itFRjB5/qKTNYzSU=
/// rsc.io/quote v1.5.2 -
/// ```
///
/// | line | is |
/// |---|---|
/// | 1 | the format and its version; statuses have another, so one can't be taken for the other |
/// | `agent` | the agent's name, which is the name of its key too: `a-z`, `0-9`, `-`, at most 63 |
/// | `number` | 1 to 2⁶³-1 without leading zeros; each list of an agent has a higher one. Agents take the milliseconds of their clock, or the number after the last, so that one whose database was lost goes on |
/// | `created` | UTC, to the second |
/// | `source` | as both sides declare it; its form is that of `agent` |
/// | `commit` | 40 or 64 lower-case hex digits |
/// | `lines` | 0 to 100,000 |
/// | `sha256` | lower-case hex, over all bytes behind the second empty line |
///
/// A line below is go.sum's, one blank between its fields: `path version hash` wants the module
/// whole, `path version/go.mod hash` its go.mod. The hash is `h1:…`, or `-` where the project has
/// none. Lines are at most 1,024 bytes and stand in ascending order, first of path and version
/// together, then of the hash (by bytes); none is there twice. Several hashes of one file are
/// several claims. Header and signature take at most 4 KiB, all together at most 16 MiB. What has
/// one byte more or less than this is no want list.
///
/// A file is called `AGENT-NUMBER.want`.
///
/// ## Statuses
///
/// One signed note; the watcher's own key signs it. A page has at most 25 of them.
///
/// ```
/// modgate statuses 1
/// agent inner-1
/// after 0
/// through 1767225661000
/// created 2026-01-01T00:01:02Z
/// status 1767225661000 payments 3f2a0c0d8f0b6a1e4c5d6e7f8091a2b3c4d5e6f7 failure 312 311 1
/// - 311 of 312 modules are inside, 1 was refused
/// - example.com/m@v1.0.0: zip hash is h1:… but sum.golang.org signed h1:…
///
/// — modgate-watcher x08go/ZJkuBS…
/// ```
///
/// `status NUMBER SOURCE COMMIT STATE TOTAL INSIDE REJECTED`, the state one of `pending`,
/// `success`, `failure`; then `- ` with the sentence, and up to 20 more with what went wrong, 300
/// characters each. The page has all statuses of numbers above `after` up to `through`, in their
/// order; with none, both are the same. A commit has one status: the one of the highest number.
///
/// A file is called `AGENT-status-THROUGH.status`.
///
/// ## Asking for statuses
///
/// One signed note of the agent's; it holds for five minutes around its time.
///
/// ```
/// modgate status request 1
/// agent inner-1
/// after 0
/// time 2026-01-01T00:01:05Z
///
/// — inner-1 x08go/ZJkuBS…
/// ```
@NullMarked
package dev.modgate.watcher.wantlist;

import org.jspecify.annotations.NullMarked;
