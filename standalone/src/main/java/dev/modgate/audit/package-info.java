/// Checks what lies in a zone store without a network, a broker or a running Modgate: with the
/// public keys of the verifier and of the checksum database alone.
///
/// Of one module version, for each want that brought something ({@link
/// dev.modgate.audit.ZoneAudit}):
///
/// 1. a pinned verifier has signed the verdict, and it is of this module and this evidence
/// 2. the checksum database has signed a tree, the tree has the record, and the record has the two
///    hashes that the verdict says
/// 3. the pin says the same hashes
///
/// and then of the bytes: `.zip` and `.mod` have the signed SHA-256 and size, and, hashed again,
/// the h1 that verifier and database have signed; `.info`, which no database signs, has the SHA-256
/// that the verdict of one of the wants says, and names the version.
///
/// Last, what the `go` command inside will ask the checksum database for ({@link
/// dev.modgate.gomod.epoch}): the lookup is the proven record with a signed head, `latest` is
/// signed, and the tiles prove the record in the lookup's epoch and in the newest one.
///
/// Every step is taken, whatever the ones before it found. A zip of an earlier delivery of the same
/// contents, so that the verdict beside it is of another packing, is a note and nothing wrong: its
/// h1 is what is proven. The evidence has to be what was signed there too.
@NullMarked
package dev.modgate.audit;

import org.jspecify.annotations.NullMarked;
