package dev.modgate.verifier;

import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A store in memory whose objects can't be read where that is asked for.
final class FlakyStore implements ObjectStore {
  private final ObjectStore objects = new MemoryObjectStore();
  private volatile Predicate<ObjectKey> failing = _ -> false;

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
    return objects.open(key);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    check(key);
    return objects.stat(key);
  }

  @Override
  public ObjectWriter newWriter() throws IOException {
    return objects.newWriter();
  }

  @Override
  public boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next)
      throws IOException {
    return objects.compareAndSwap(key, expected, next);
  }

  @Override
  public Stream<ObjectStat> list(String prefix) throws IOException {
    return objects.list(prefix);
  }

  @Override
  public boolean touch(ObjectKey key) throws IOException {
    return objects.touch(key);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return objects.delete(key);
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) throws IOException {
    return objects.delete(key, expected);
  }
}
