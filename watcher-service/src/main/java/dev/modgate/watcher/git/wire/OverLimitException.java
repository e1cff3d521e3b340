package dev.modgate.watcher.git.wire;

import java.io.IOException;

/// More than the settings allow. An IOException so that it passes through JGit's streams.
final class OverLimitException extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param sentence what there is, and the setting that forbids it
  OverLimitException(String sentence) {
    super(sentence);
  }
}
