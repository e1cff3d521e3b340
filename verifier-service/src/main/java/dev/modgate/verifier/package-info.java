/// Proves fetched module versions against the checksum database, or their claims.
///
/// A decision is made in two steps. [ModuleBytes] reads the blobs and says what they hold, as plain
/// values ([Findings]); [Judge] turns those, what the checksum database says ({@link
/// dev.modgate.verifier.sumdb}) and the claims of the request into a verdict, without any I/O.
/// Every problem is found, not only the first; the first decides the reason code:
///
/// | what | reason |
/// |---|---|
/// | over one of Go's size limits | `too-large` |
/// | the zip breaks a rule for module zips | `bad-zip` |
/// | the checksum database signed another hash | `sumdb-mismatch` |
/// | no database speaks, and two claims differ from each other | `claims-disagree` |
/// | no database speaks, and a claim differs from the bytes | `claim-mismatch` |
/// | the go.mod in the zip is not the `.mod` | `go-mod-differs` |
/// | the `.mod` is no go.mod | `bad-go-mod` |
/// | the `.info` names another version | `bad-info` |
/// | the database does not know it | `unverifiable` |
/// | no database is asked, and nothing is claimed about what is wanted | `unverifiable` |
///
/// Where the database has signed hashes, no claim counts: a wrong one is the error of the sync that
/// makes it, and keeps the module from nobody.
///
/// Where other bytes may be right and an upstream is left that was not asked for them, a refusal is
/// no verdict yet: `wrong-bytes` defers the module, and the watcher asks that upstream. What no
/// other bytes can mend (`claims-disagree`, `unverifiable`, or a `.mod` that its claim proves) is
/// final.
///
/// Where claims decide, a want of `ZIP` needs a claim about the zip, and is proven by it: the
/// `.mod` then is the go.mod in that zip, or what follows from the module path where the zip has
/// none. A want of `MOD` needs a claim about the go.mod.
///
/// A go.mod that declares another module path than the one it is asked for by is accepted: that is
/// what a fork used through a `replace` looks like, `go mod download` takes it, and a go.sum proves
/// it like any other. The `go` command itself refuses it where there is no `replace`. The evidence
/// says so.
@NullMarked
package dev.modgate.verifier;

import org.jspecify.annotations.NullMarked;
