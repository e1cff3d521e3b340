package dev.modgate.publisher.sumdb;

import org.jspecify.annotations.Nullable;

/// A module version can't be proven inside now.
public abstract sealed class UnprovableException extends Exception
    permits FreshProofException, TwoHistoriesException {
  private static final long serialVersionUID = 1L;

  UnprovableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// For people; never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
