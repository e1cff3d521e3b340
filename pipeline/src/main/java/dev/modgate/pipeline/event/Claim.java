package dev.modgate.pipeline.event;

import dev.modgate.gomod.dirhash.H1;

/// One go.sum line: an h1 that somebody asserts.
///
/// @param file the file's name as the sync gave it, for people
/// @param line from 1
public record Claim(Subject subject, H1 hash, String file, int line) {
  /// What the hash is of.
  public enum Subject {
    ZIP,
    GO_MOD
  }
}
