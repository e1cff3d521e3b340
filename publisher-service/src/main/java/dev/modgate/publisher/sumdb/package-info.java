/// Writes the checksum database inside, below `sumdb/<database>/` of the zone store ({@link
/// dev.modgate.gomod.epoch} has the algorithm and why it suffices).
///
/// For each version that the database has signed, before any of its files:
///
/// 1. The proof in the evidence is checked again, with the pinned key of the database.
/// 2. Where its tree head is newer than the newest epoch: the tiles that join the two, then
///    `supported` and `epoch/<size>`, then `epochs` by compare-and-swap (who loses it begins anew
///    with what the other wrote), then `latest`.
/// 3. The record is looked for in the newest epoch, whichever head it was proven under; the tiles
///    that show it, then its lookup.
///
/// A crash between any two leaves objects that are true and needed sooner or later; the next
/// delivery goes through all steps again.
///
/// Tiles come from what the verifier keeps in `trust/` of the blob store. It keeps each tile that
/// it has used, and it uses the tiles that join a head to the one it remembered before: so whatever
/// two heads come here, those that join them are there. Where one is missing all the same, or is
/// not what the tree says, the item goes back for a fresh proof.
///
/// A lookup or tile inside that is not what it should be was changed there: it is a security event,
/// and is mended.
@NullMarked
package dev.modgate.publisher.sumdb;

import org.jspecify.annotations.NullMarked;
