package dev.modgate.publisher.scrub;

import java.io.IOException;

/// Where else right bytes may lie than in the blob store.
@FunctionalInterface
interface Supplies {
  /// Puts what it has of a version into the blob store, unless it is there. Wrong bytes can't get
  /// in by it: a blob's name is its hash.
  ///
  /// @throws IOException where the blob store fails; that a supply fails is no error
  void refill(Proven proven) throws IOException, InterruptedException;

  /// None.
  static Supplies none() {
    return _ -> {};
  }
}
