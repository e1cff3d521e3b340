package dev.modgate.publisher;

import java.io.IOException;

/// The blob store, not the zone store, failed.
final class BlobReadException extends IOException {
  private static final long serialVersionUID = 1L;

  BlobReadException(String message, IOException cause) {
    super(message, cause);
  }
}
