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
/// the h1 that verifier and database have signed; `.info`, which no database signs, has the signed
/// SHA-256 and names the version.
///
/// Every step is taken, whatever the ones before it found. Bytes that came with an earlier delivery
/// of the same contents, so that the verdict beside them is of another packing, are a note and
/// nothing wrong: their h1 is what is proven.
@NullMarked
package dev.modgate.audit;

import org.jspecify.annotations.NullMarked;
