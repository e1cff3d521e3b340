package dev.modgate.publisher;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.ObjectWriter;
import dev.modgate.pipeline.store.Revision;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A store that fails for good before its operation number `limit`, or right after it has taken
/// effect. Looks at the store after every operation that changes it.
public final class CrashingStore implements ObjectStore {
  private final ObjectStore good;
  private final int limit;
  private final boolean afterEffect;
  private final Consumer<ObjectStore> look;
  private final AtomicInteger operations = new AtomicInteger();

  public CrashingStore(
      ObjectStore good, int limit, boolean afterEffect, Consumer<ObjectStore> look) {
    this.good = good;
    this.limit = limit;
    this.afterEffect = afterEffect;
    this.look = look;
  }

  /// Whether the work ended before the crash came.
  boolean survived() {
    return operations.get() < limit;
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T count(Operation<T> operation) throws IOException {
    int number = operations.incrementAndGet();
    if (number > limit || (number == limit && !afterEffect)) {
      throw new IOException("crashed");
    }
    T result = operation.run();
    look.accept(good);
    if (number == limit) {
      throw new IOException("crashed");
    }
    return result;
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    return count(() -> good.open(key));
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    return count(() -> good.stat(key));
  }

  @Override
  public ObjectWriter newWriter() throws IOException {
    ObjectWriter out = count(good::newWriter);
    return new ObjectWriter() {
      @Override
      public boolean putIfAbsent(ObjectKey key) throws IOException {
        return count(() -> out.putIfAbsent(key));
      }

      @Override
      public void write(int b) throws IOException {
        out.write(b);
      }

      @Override
      public void write(byte[] b, int offset, int length) throws IOException {
        count(() -> {
          out.write(b, offset, length);
          return true;
        });
      }

      @Override
      public void close() throws IOException {
        out.close();
      }
    };
  }

  @Override
  public boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next)
      throws IOException {
    return count(() -> good.compareAndSwap(key, expected, next));
  }

  @Override
  public Stream<ObjectStat> list(String prefix) throws IOException {
    return count(() -> good.list(prefix));
  }

  @Override
  public Iterator<ObjectKey> keys(Optional<ObjectKey> after) throws IOException {
    return count(() -> good.keys(after));
  }

  @Override
  public boolean touch(ObjectKey key) throws IOException {
    return count(() -> good.touch(key));
  }

  @Override
  public void settle(ObjectKey key) throws IOException {
    count(() -> {
      good.settle(key);
      return true;
    });
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return count(() -> good.delete(key));
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) throws IOException {
    return count(() -> good.delete(key, expected));
  }
}
