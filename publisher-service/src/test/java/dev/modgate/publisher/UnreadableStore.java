package dev.modgate.publisher;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.testsupport.DelegatingStore;
import java.io.IOException;
import java.util.Optional;

/// A store that knows of its objects, and can open none.
final class UnreadableStore extends DelegatingStore {
  UnreadableStore(ObjectStore good) {
    super(good);
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    throw new IOException("input/output error");
  }
}
