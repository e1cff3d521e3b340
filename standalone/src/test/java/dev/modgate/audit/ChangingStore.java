package dev.modgate.audit;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.testsupport.DelegatingStore;
import java.io.IOException;

/// A store in which somebody else changes something just before each conditional delete.
final class ChangingStore extends DelegatingStore {
  private final Change change;

  ChangingStore(ObjectStore store, Change change) {
    super(store);
    this.change = change;
  }

  interface Change {
    void make() throws IOException;
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) throws IOException {
    change.make();
    return super.delete(key, expected);
  }
}
