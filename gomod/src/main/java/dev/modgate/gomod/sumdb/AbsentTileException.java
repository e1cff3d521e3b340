package dev.modgate.gomod.sumdb;

import java.io.IOException;

/// The database says that it does not have a tile of a tree that it has signed.
final class AbsentTileException extends IOException {
  private static final long serialVersionUID = 1L;

  AbsentTileException(String sentence) {
    super(sentence);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
