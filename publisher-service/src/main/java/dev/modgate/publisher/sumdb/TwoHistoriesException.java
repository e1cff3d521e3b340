package dev.modgate.publisher.sumdb;

import org.jspecify.annotations.Nullable;

/// A tree head that was proven outside and the newest epoch inside are not of one history. Nothing
/// may be published until a person has found out which one is wrong.
public final class TwoHistoriesException extends UnprovableException {
  private static final long serialVersionUID = 1L;

  TwoHistoriesException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
