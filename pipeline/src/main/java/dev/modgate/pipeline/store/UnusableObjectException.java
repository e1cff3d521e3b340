package dev.modgate.pipeline.store;

import java.io.IOException;

/// This one object can't be read or written, whatever goes on with the others: a link lies in its
/// place, somebody took away the right to its folder, it is larger than it can be. The store as a
/// whole works; a person has to look.
public final class UnusableObjectException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param message names the object and what is wrong with it
  public UnusableObjectException(String message) {
    super(message);
  }

  UnusableObjectException(String message, IOException cause) {
    super(message, cause);
  }
}
