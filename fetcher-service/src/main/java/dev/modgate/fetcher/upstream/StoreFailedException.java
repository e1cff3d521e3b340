package dev.modgate.fetcher.upstream;

import java.io.IOException;

/// The blob store could not be written: a full disk, say. No upstream is to blame.
public final class StoreFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  StoreFailedException(IOException cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }

  /// What the store said. Never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
