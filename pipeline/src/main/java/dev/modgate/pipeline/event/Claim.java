package dev.modgate.pipeline.event;

import static java.util.Objects.requireNonNull;

import dev.modgate.gomod.dirhash.H1;

/// One go.sum line: an h1 that somebody asserts.
///
/// @param file the file's name as the sync gave it, for people
/// @param line from 1
public record Claim(Subject subject, H1 hash, String file, int line) {
  public Claim {
    requireNonNull(subject, "no subject");
    requireNonNull(hash, "no hash");
    requireNonNull(file, "no file");
  }

  /// What the hash is of.
  public enum Subject {
    ZIP,
    GO_MOD
  }
}
