package dev.modgate.publisher.scrub;

import dev.modgate.gomod.module.ModuleVersion;
import dev.modgate.pipeline.event.Want;
import java.io.IOException;
import java.util.Optional;

/// Where else right bytes may lie than in the blob store.
interface Supplies {
  /// Puts what it has of a version into the blob store, unless it is there. Wrong bytes can't get
  /// in by it: a blob's name is its hash.
  ///
  /// @throws IOException where the blob store fails; that a supply fails is no error
  void refill(Proven proven) throws IOException, InterruptedException;

  /// Evidence that a pinned verifier has signed, as it lies elsewhere; empty where it does not.
  Optional<byte[]> evidence(ModuleVersion module, Want want);
}
