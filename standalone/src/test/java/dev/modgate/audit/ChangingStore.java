package dev.modgate.audit;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/// A store in which somebody else changes something just before each conditional delete.
record ChangingStore(ObjectStore store, Change change) implements ObjectStore {
  interface Change {
    void make() throws IOException;
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) throws IOException {
    change.make();
    return store.delete(key, expected);
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    return store.open(key);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    return store.stat(key);
  }

  @Override
  public ObjectWriter newWriter() throws IOException {
    return store.newWriter();
  }

  @Override
  public boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next)
      throws IOException {
    return store.compareAndSwap(key, expected, next);
  }

  @Override
  public Stream<ObjectStat> list(String prefix) throws IOException {
    return store.list(prefix);
  }

  @Override
  public boolean touch(ObjectKey key) throws IOException {
    return store.touch(key);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return store.delete(key);
  }
}
