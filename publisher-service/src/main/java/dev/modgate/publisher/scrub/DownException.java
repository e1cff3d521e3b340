package dev.modgate.publisher.scrub;

import java.io.IOException;

/// A whole store is away, not one object of it: to be waited for.
final class DownException extends IOException {
  private static final long serialVersionUID = 1L;

  DownException(String reason, Exception cause) {
    super(reason, cause);
  }
}
