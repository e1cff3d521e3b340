package dev.modgate.pipeline.store;

import static java.util.Objects.requireNonNull;

/// A blob by content.
///
/// @param size in bytes
public record BlobRef(Sha256 sha256, long size) {
  public BlobRef {
    requireNonNull(sha256, "no sha256");
    if (size < 0) {
      throw new IllegalArgumentException("size of blob " + sha256 + " is negative: " + size);
    }
  }
}
