/// The checksum database: which bytes the world has seen of a module version, and a client that
/// believes nothing it can't prove.
///
/// ## The database
///
/// A log ({@link dev.modgate.gomod.tlog}) whose records are go.sum lines, one record a module
/// version. Below its URL, all by GET:
///
/// | path | answer |
/// |---|---|
/// | `latest` | the newest tree head, as a signed note ({@link dev.modgate.gomod.note}) |
/// | `lookup/$module@$version`, case-encoded | number of the record, the record, a signed tree head that has it |
/// | `tile/8/$L/$K[.p/$W]` | a tile of hashes |
///
/// 404 and 410 mean that the database does not have it. A lookup:
///
/// ```
/// 942
/// rsc.io/quote v1.5.2 h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=
/// rsc.io/quote v1.5.2/go.mod h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=
///
/// go.sum database tree
/// 51929436
/// mQw+jf8Ko94JweSoG8190LvpV8myM/RNeAJ9TYKnia8=
///
/// — sum.golang.org Az3grkpNqcZOcvUPGEii+HGw4Omo/J/g+pjjn1+rGRhg6mVhwZBlloAIY+YYfBmHnOZbau4dxH0uzFPHVnZnnD3Sfg4=
/// ```
///
/// Any tree head that has the record would do: the note only says which tree to look in. A proxy
/// serves the same paths below `$proxy/sumdb/$name/`, and 200 to `…/supported` there.
///
/// ## What the client does ({@link dev.modgate.gomod.sumdb.SumDatabase})
///
/// 1. The note must be signed by the one pinned key.
/// 2. Its tree and the remembered one must be one history: the smaller is the beginning of the
///    larger, as computed from tiles of the larger. If not, the database has signed two histories,
///    and both notes with the hashes between them prove it to anybody ({@link
///    dev.modgate.gomod.sumdb.Misbehaviour.Fork}).
/// 3. The larger of both is remembered, by compare-and-swap against other clients. It never gets
///    smaller. An answer with an older head is ordinary: caches give old ones away.
/// 4. The record must be in the remembered tree (or one that was remembered some minutes ago, so
///    that proofs share a head), by a proof of hashes from tiles, each of which is authenticated
///    before it is used or kept.
/// 5. Only then its lines are read, and only from that record: not from what else came with it
///    (CVE-2026-56864). Both lines of exactly this module and version must be there, so an answer
///    that is empty or about something else is refused (CVE-2026-42501).
///
/// The last tile of a level has gone when it is full; so where a partial tile is absent, the
/// beginning of the full one is taken.
///
/// ## What can come of it
///
/// | outcome | meaning |
/// |---|---|
/// | {@link dev.modgate.gomod.sumdb.LookupOutcome.Proven} | the hashes, and all that it takes to check them again offline |
/// | {@link dev.modgate.gomod.sumdb.LookupOutcome.Absent} | the database does not know the version |
/// | {@link dev.modgate.gomod.sumdb.LookupOutcome.Misbehaving} | what came must not be believed: a security matter |
/// | `IOException` | not now: unreachable, or a tile of a new tree is not there yet |
///
/// A head that the key has signed, and that can't be shown to be of that history because its tiles
/// are withheld or wrong, is not used, and is looked at again with each later head: a database that
/// shows another history to one lookup alone is found out too.
///
/// ## Rollback
///
/// A database that has gone back to an older tree is told from a cache with an old answer by the
/// tiles of the remembered tree: a cache's database still has them. {@link
/// dev.modgate.gomod.sumdb.SumDatabase#latest} asks for them whenever it is given an older head,
/// and a lookup does when it needs one that it has not kept.
///
/// Sources: https://go.googlesource.com/proposal/+/master/design/25530-sumdb.md,
/// https://go.dev/ref/mod#checksum-database, `golang.org/x/mod/sumdb`,
/// `cmd/go/internal/modfetch/sumdb.go`
@NullMarked
package dev.modgate.gomod.sumdb;

import org.jspecify.annotations.NullMarked;
