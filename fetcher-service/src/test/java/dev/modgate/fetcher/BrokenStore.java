package dev.modgate.fetcher;

import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.testsupport.DelegatingStore;
import java.io.IOException;

/// A store whose writers fail, or forget all.
final class BrokenStore extends DelegatingStore {
  private final boolean full;
  long written;

  private BrokenStore(boolean full) {
    super(new MemoryObjectStore());
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
}
