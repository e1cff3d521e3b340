package dev.modgate.fetcher;

import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/// A store whose writers fail, or forget all.
final class BrokenStore implements ObjectStore {
  private final ObjectStore empty = new MemoryObjectStore();
  private final boolean full;
  long written;

  private BrokenStore(boolean full) {
    this.full = full;
  }

  /// On a full disk.
  static BrokenStore full() {
    return new BrokenStore(true);
  }

  /// Takes any number of bytes, and keeps none.
  static BrokenStore bottomless() {
    return new BrokenStore(false);
  }

  @Override
  public ObjectWriter newWriter() {
    return new ObjectWriter() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (full) {
          throw new IOException("No space left on device");
        }
        written += length;
      }

      @Override
      public boolean putIfAbsent(ObjectKey key) {
        return true;
      }
    };
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    return empty.open(key);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    return empty.stat(key);
  }

  @Override
  public boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next)
      throws IOException {
    return empty.compareAndSwap(key, expected, next);
  }

  @Override
  public Stream<ObjectStat> list(String prefix) throws IOException {
    return empty.list(prefix);
  }

  @Override
  public boolean touch(ObjectKey key) throws IOException {
    return empty.touch(key);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return empty.delete(key);
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) throws IOException {
    return empty.delete(key, expected);
  }
}
