package dev.modgate.publisher.identity;

import java.io.IOException;

/// What lies there is not the store that is expected there.
final class StrangeZoneException extends IOException {
  private static final long serialVersionUID = 1L;

  StrangeZoneException(String message) {
    super(message);
  }
}
