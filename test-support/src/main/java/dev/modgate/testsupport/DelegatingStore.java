package dev.modgate.testsupport;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/// A store that does what another does, but for what a subclass has go wrong.
public abstract class DelegatingStore implements ObjectStore {
  private final ObjectStore good;

  protected DelegatingStore(ObjectStore good) {
    this.good = good;
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    return good.open(key);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    return good.stat(key);
  }

  @Override
  public ObjectWriter newWriter() throws IOException {
    return good.newWriter();
  }

  @Override
  public boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next)
      throws IOException {
    return good.compareAndSwap(key, expected, next);
  }

  @Override
  public Stream<ObjectStat> list(String prefix) throws IOException {
    return good.list(prefix);
  }

  @Override
  public Iterator<ObjectKey> keys(Optional<ObjectKey> after) throws IOException {
    return good.keys(after);
  }

  @Override
  public boolean touch(ObjectKey key) throws IOException {
    return good.touch(key);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return good.delete(key);
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) throws IOException {
    return good.delete(key, expected);
  }

  @Override
  public void settle(ObjectKey key) throws IOException {
    good.settle(key);
  }
}
