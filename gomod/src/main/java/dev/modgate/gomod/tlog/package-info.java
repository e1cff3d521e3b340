/// A log that can't take back what it has said: hash trees, proofs, tiles.
///
/// ## The tree
///
/// Records have numbers from 0. Each record is a leaf; two nodes of level L make one of level L+1:
///
/// ```
/// leaf(record)      = SHA-256(0x00 || record)
/// node(left, right) = SHA-256(0x01 || left || right)
/// ```
///
/// In a tree of N records a node exists where all its records do; {@link
/// dev.modgate.gomod.tlog.TreeNode} number n of level L stands for the records from n·2^L to before
/// (n+1)·2^L. The root of any N is folded, from the right, from the largest such nodes that cover
/// it:
///
/// ```
/// level 2       2,0                     N = 7: node(2,0), node(1,2), node(0,6)
///           ┌────┴────┐                 root  = node(2,0 · node(1,2 · 0,6))
/// level 1  1,0       1,1       1,2
///         ┌─┴─┐     ┌─┴─┐     ┌─┴─┐
/// level 0 0   1     2   3     4   5   6
/// ```
///
/// The root of no records is the SHA-256 of nothing. A {@link dev.modgate.gomod.tlog.TreeHead} is a
/// size and its root; the checksum database signs it as a note of this text, to which later lines
/// may be added:
///
/// ```
/// go.sum database tree
/// 66327379
/// xWutPmGGbpWR/1iGpo4T2OIen8osXrozOwt4QinWKyg=
/// ```
///
/// ## Proofs
///
/// A {@link dev.modgate.gomod.tlog.RecordProof} shows that a record is in a tree: the hashes beside
/// its way to the root, from the leaf up. A {@link dev.modgate.gomod.tlog.TreeProof} shows that an
/// older tree is the beginning of a newer one. Both have at most 1 + log2 N hashes, in the order of
/// RFC 6962. What they are checked against is a tree head that somebody has signed.
///
/// ## Tiles
///
/// Servers give hashes away in tiles. A tile of height H has up to 2^H hashes of one level that is
/// a multiple of H; a client computes the levels between. The checksum database has H = 8, so a
/// full tile has 256 hashes in 8,192 bytes.
///
/// ```
/// tile/H/L/NNN[.p/W]        H height, L level divided by H, or "data" for the records themselves,
///                           NNN number in groups of three digits, all but the last with an x,
///                           W width of a partial tile
/// tile/8/0/x001/x234/067    hashes 1234067·256 and the 255 behind it, of level 0
/// tile/8/1/067.p/5          5 hashes of level 8, from 67·256 on
/// ```
///
/// Only the last tile of a level may be partial. Of a tree of N records it has `(N >> 8L) mod 256`
/// hashes; those last tiles are the *right edge*, at most 8 tiles, and the root is made of exactly
/// their hashes. So a right edge whose root is the one that was signed is authentic in each byte.
/// Each other tile is full, and the node above its hashes is a hash in its parent, the tile of the
/// next level: it is authentic when its parent is, and when that hash is right. {@link
/// dev.modgate.gomod.tlog.TileHashes} uses no hash before this is done for every tile it has read
/// (CVE-2026-56865 was a reader that left some out).
///
/// Sizes go up to 2^62.
///
/// Sources: RFC 6962 section 2.1, RFC 9162 section 2.1 (how proofs are checked),
/// https://c2sp.org/tlog-tiles, `golang.org/x/mod/sumdb/tlog`, https://research.swtch.com/tlog,
/// https://go.googlesource.com/proposal/+/master/design/25530-sumdb.md
@NullMarked
package dev.modgate.gomod.tlog;

import org.jspecify.annotations.NullMarked;
