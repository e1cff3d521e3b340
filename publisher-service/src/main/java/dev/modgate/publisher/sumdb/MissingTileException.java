package dev.modgate.publisher.sumdb;

import java.io.IOException;

/// Neither the verifier has kept a tile, nor is it inside.
final class MissingTileException extends IOException {
  private static final long serialVersionUID = 1L;

  MissingTileException(String message) {
    super(message);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
