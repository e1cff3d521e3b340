/// A checksum database for a closed zone: what of the public one has to lie inside, so that the
/// `go` command there proves each module version for itself, with the public key and no network.
///
/// ## Why that works
///
/// A lookup is a record plus *some* signed tree head that has it ({@link dev.modgate.gomod.sumdb}).
/// So a copy may pair every record with one head of its choice, an *epoch*, and the reply still
/// holds with the database's public key. What a client reads besides are tiles ({@link
/// dev.modgate.gomod.tlog}), and of those only the ones that prove
///
/// 1. that the record is in the tree of the epoch: its own tile on each level, and the right edge;
/// 2. that the tree of the head it remembers is the beginning of the one it was given: the tiles in
///    which that older tree ends, at their width in the newer one;
/// 3. the head that it remembers itself, where its own copies of tiles were wiped: that tree's
///    right edge, at its own widths.
///
/// A client asks for a tile at the exact width that it has in the tree at hand; where that is
/// absent, for the full one; never for another width. It never asks for the latest head: the lookup
/// is what moves it forward.
///
/// ## The algorithm
///
/// An epoch N that follows epoch P ({@link dev.modgate.gomod.epoch.EpochTree#join}):
///
/// 1. Read the hashes of which the root of *P* is made, by tiles of *N*: every tile is checked
///    against its parent and the edge against the signed root of N before it is used.
/// 2. They must make the root of P, else the database has signed two histories.
/// 3. Lay down all tiles that were used: the right edge of N, and what the right edge of P has
///    become in N. Then add N to the list of epochs ({@link dev.modgate.gomod.epoch.Epochs}).
///
/// A module version with record r, in the newest epoch N ({@link
/// dev.modgate.gomod.epoch.EpochTree#record}):
///
/// 4. Read the leaf of r by tiles of N; it must be the hash of the record. Lay down the tiles.
/// 5. Lay down the lookup: number, record, note of N. Then publish the module.
///
/// Nothing that was laid down is ever deleted or replaced, lookups of older epochs included.
///
/// ## Why it suffices
///
/// *For every epoch E, every tile that a client needs of what was looked up in E or before is there
/// at its width in E, or full.* By induction over the epochs: it holds for the first one by 3 and
/// 4. Let it hold up to P, and let N follow. A tile that a client needs in N of something old, a
/// record or the end of an older tree, was needed in P too. If it was full in P it is the same in
/// N. If it was partial in P it belongs to the right edge of P (each partial tile does: its width
/// is made of bits of the size, and each bit is a hash that the root is made of), so that step 3
/// laid it down as it is in N, and with it its parents in N. Tiles above, which P did not have yet,
/// are parents of those. A record that is looked up later in an older epoch P, because a publisher
/// did not know of N yet, changes nothing: its tiles that are full in P are laid down by 4, and the
/// others are on the right edge of P.
///
/// So an epoch costs only its own edge and that of the epoch before, however many there were.
///
/// ## Cost
///
/// | | tiles |
/// |---|---|
/// | epoch | right edge, at most 4 of 70,000,000 records; and where those of P are full by now, the full ones: at most 3 |
/// | record | one of level 0 (8 KiB), which up to 256 neighbours share; one of level 1 for 65,536 |
///
/// `docs/operations.md` has what was measured.
///
/// Source: https://go.dev/ref/mod#checksum-database, `golang.org/x/mod/sumdb` (client.go), and what
/// the `go` command was seen to ask for
@NullMarked
package dev.modgate.gomod.epoch;

import org.jspecify.annotations.NullMarked;
