package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

/// What a checksum database has signed about a module version, and all that it takes to check it
/// again offline, with the database's public key alone.
///
/// @param database its name, such as `sum.golang.org`
/// @param record number of the record in the log
/// @param treeSize records in the tree under which it was proven
/// @param rootHash of that tree, in base64
/// @param proof as `dev.modgate.gomod.sumdb.SumDbProof` reads it; at most [#MAX_PROOF] characters
public record SumDbEvidence(
    String database, long record, long treeSize, String rootHash, String proof) {
  /// A proof takes about 2,000; this leaves room for the signatures of others.
  public static final int MAX_PROOF = 48 << 10;

  public SumDbEvidence {
    requireNonNull(database, "no database");
    requireNonNull(rootHash, "no rootHash");
    requireNonNull(proof, "no proof");
    if (proof.length() > MAX_PROOF) {
      throw new IllegalArgumentException(
          "proof has " + proof.length() + " characters, at most " + MAX_PROOF);
    }
  }
}
