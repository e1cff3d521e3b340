package dev.modgate.verifier.sumdb;

import java.io.IOException;

/// The database does not know a version yet, and gave up looking for it: later it may.
final class NotLookedForYetException extends IOException {
  private static final long serialVersionUID = 1L;

  NotLookedForYetException(String message) {
    super(message);
  }
}
