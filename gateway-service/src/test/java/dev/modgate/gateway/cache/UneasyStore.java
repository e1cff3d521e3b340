package dev.modgate.gateway.cache;

import dev.modgate.pipeline.store.MemoryObjectStore;
import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectSource;
import dev.modgate.pipeline.store.ObjectStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A store in memory that fails or hangs as it is told.
final class UneasyStore implements ObjectSource {
  final MemoryObjectStore objects = new MemoryObjectStore();
  final AtomicInteger asked = new AtomicInteger();
  final Set<ObjectKey> broken = ConcurrentHashMap.newKeySet();
  volatile boolean away;
  volatile CountDownLatch hangsUntil = new CountDownLatch(0);

  /// Reads behind this position behave as the store does; those before it always work.
  volatile long readsFineTo;

  void set(ObjectKey key, byte[] bytes) throws IOException {
    var revision = objects.stat(key).map(ObjectStat::revision);
    if (!objects.compareAndSwap(key, revision, bytes)) {
      throw new IOException("nobody else writes here");
    }
  }

  private void behave(ObjectKey key) throws IOException {
    asked.incrementAndGet();
    try {
      hangsUntil.await();
    } catch (InterruptedException e) {
      throw new IOException("the test ends", e);
    }
    if (away || broken.contains(key)) {
      throw new IOException("input/output error");
    }
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    behave(key);
    return objects.open(key).map(Piecemeal::new);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    behave(key);
    return objects.stat(key);
  }

  private final class Piecemeal implements ObjectReader, SeekableByteChannel {
    private final ObjectReader good;

    Piecemeal(ObjectReader good) {
      this.good = good;
    }

    @Override
    public ObjectStat stat() {
      return good.stat();
    }

    @Override
    public SeekableByteChannel channel() {
      return this;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (position() >= readsFineTo) {
        behave(stat().key());
      }
      return good.channel().read(target);
    }

    @Override
    public long position() throws IOException {
      return good.channel().position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      return good.channel().position(newPosition);
    }

    @Override
    public long size() throws IOException {
      return good.channel().size();
    }

    @Override
    public boolean isOpen() {
      return good.channel().isOpen();
    }

    @Override
    public void close() throws IOException {
      good.close();
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }
  }
}
