package dev.modgate.publisher.sumdb;

import org.jspecify.annotations.Nullable;

/// What the verifier has kept does not suffice to prove a record inside. It has to ask again.
public final class FreshProofException extends UnprovableException {
  private static final long serialVersionUID = 1L;

  FreshProofException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
