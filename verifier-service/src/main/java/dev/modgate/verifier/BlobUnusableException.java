package dev.modgate.verifier;

/// A blob is gone, or holds other bytes than its name says: to be fetched again.
final class BlobUnusableException extends Exception {
  private static final long serialVersionUID = 1L;

  BlobUnusableException(String message) {
    super(message);
  }

  /// Never null, unlike [#getMessage].
  String sentence() {
    return String.valueOf(getMessage());
  }
}
