package dev.modgate.pipeline.event;

/// Why a module version is refused.
public enum RejectReason {
  /// The hash of the bytes is not the one that the go.sum line claims.
  CLAIM_MISMATCH(true),
  /// Two go.sum lines claim different hashes, and nothing decides between them.
  CLAIMS_DISAGREE(true),
  /// Nothing to verify the bytes against.
  UNVERIFIABLE(false),
  /// The zip breaks a rule for module zips, or is no zip.
  BAD_ZIP(false),
  /// The go.mod in the zip is not the `.mod` file.
  GO_MOD_DIFFERS(true),
  /// The `.mod` names another module, or is no go.mod.
  BAD_GO_MOD(false),
  /// The `.info` does not name this version.
  BAD_INFO(false),
  /// Larger than Go's limits allow.
  TOO_LARGE(false),
  /// Already inside with another hash.
  PUBLISHED_DIFFERS(true);

  private final boolean security;

  RejectReason(boolean security) {
    this.security = security;
  }

  /// Whether somebody may have changed bytes: counted and shown as a security event.
  public boolean isSecurity() {
    return security;
  }
}
