package dev.modgate.publisher;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/// A store that knows of its objects, and can open none.
record UnreadableStore(ObjectStore good) implements ObjectStore {
  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    throw new IOException("input/output error");
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
}
