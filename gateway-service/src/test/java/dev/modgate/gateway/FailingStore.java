package dev.modgate.gateway;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/// A store in which what ends in `suffix` can't be read.
record FailingStore(ObjectStore good, String suffix) implements ObjectStore {
  private void check(ObjectKey key) throws IOException {
    if (key.value().endsWith(suffix)) {
      throw new IOException("input/output error");
    }
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    check(key);
    return good.open(key);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    check(key);
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
  public boolean touch(ObjectKey key) throws IOException {
    return good.touch(key);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return good.delete(key);
  }
}
