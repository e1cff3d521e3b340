package dev.modgate.verifier;

import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.testsupport.DelegatingStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/// A store in memory whose objects can't be read where that is asked for.
final class FlakyStore extends DelegatingStore {
  private volatile Predicate<ObjectKey> failing = _ -> false;

  FlakyStore() {
    super(new MemoryObjectStore());
  }

  void failOn(Predicate<ObjectKey> keys) {
    failing = keys;
  }

  private void check(ObjectKey key) throws IOException {
    if (failing.test(key)) {
      throw new IOException("input/output error");
    }
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    check(key);
    return super.open(key);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    check(key);
    return super.stat(key);
  }
}
