package dev.modgate.pipeline.event;

/// Why a module version is refused.
public enum RejectReason {
  /// The hash of the bytes is not the one that the go.sum line claims.
  CLAIM_MISMATCH(true, true),
  /// Two go.sum lines claim different hashes, and nothing decides between them.
  CLAIMS_DISAGREE(true, false),
  /// The hash of the bytes is not the one that the checksum database has signed.
  SUMDB_MISMATCH(true, true),
  /// Nothing to verify the bytes against.
  UNVERIFIABLE(false, false),
  /// The zip breaks a rule for module zips, or is no zip.
  BAD_ZIP(false, true),
  /// The go.mod in the zip is not the `.mod` file.
  GO_MOD_DIFFERS(true, true),
  /// The `.mod` names another module, or is no go.mod.
  BAD_GO_MOD(false, true),
  /// The `.info` does not name this version.
  BAD_INFO(false, true),
  /// Larger than Go's limits allow.
  TOO_LARGE(false, true),
  /// Already inside with another hash.
  PUBLISHED_DIFFERS(true, false),
  /// No pinned verifier has signed what the record says. It says nothing about the module.
  BAD_SIGNATURE(true, false);

  private final boolean security;
  private final boolean blamesBytes;

  RejectReason(boolean security, boolean blamesBytes) {
    this.security = security;
    this.blamesBytes = blamesBytes;
  }

  /// Whether somebody may have changed bytes: counted and shown as a security event.
  public boolean isSecurity() {
    return security;
  }

  /// Whether the bytes are what is wrong, so that another upstream may have the right ones.
  public boolean blamesBytes() {
    return blamesBytes;
  }
}
