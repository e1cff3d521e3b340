package dev.modgate.watcher.git.wire;

import java.io.IOException;

/// Not this repository is in trouble, but its host, or the way there.
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String sentence) {
    super(sentence);
  }
}
