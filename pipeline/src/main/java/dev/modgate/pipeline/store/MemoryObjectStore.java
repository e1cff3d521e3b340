package dev.modgate.pipeline.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/// Objects on the heap, for tests. Keeps every promise of [ObjectStore] but to outlive the process.
/// Revisions are SHA-256s of the content, as in the file store.
public final class MemoryObjectStore implements ObjectStore {
  private final ConcurrentMap<ObjectKey, Entry> objects = new ConcurrentHashMap<>();

  @Override
  public Optional<ObjectReader> open(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(entry -> new Reader(entry.stat(key), entry));
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) {
    return Optional.ofNullable(objects.get(key)).map(entry -> entry.stat(key));
  }

  @Override
  public ObjectWriter newWriter() {
    return new Writer();
  }

  @Override
  public boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next) {
    ObjectStore.checkSwapped(key, next);
    var done = new boolean[1];
    objects.compute(
        key,
        (_, current) -> {
          done[0] = Optional.ofNullable(current).map(Entry::revision).equals(expected);
          return done[0] ? Entry.of(next.clone()) : current;
        });
    return done[0];
  }

  @Override
  public Stream<ObjectStat> list(String prefix) {
    List<ObjectStat> found =
        objects.entrySet().stream()
            .filter(e -> e.getKey().isUnder(prefix))
            .map(e -> e.getValue().stat(e.getKey()))
            .toList();
    return found.stream();
  }

  @Override
  public Iterator<ObjectKey> keys(Optional<ObjectKey> after) {
    return objects.keySet().stream()
        .filter(key -> after.isEmpty() || key.compareTo(after.get()) > 0)
        .sorted()
        .iterator();
  }

  @Override
  public boolean touch(ObjectKey key) {
    return objects.computeIfPresent(key, (_, entry) -> Entry.of(entry.bytes)) != null;
  }

  @Override
  public boolean delete(ObjectKey key) {
    return objects.remove(key) != null;
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) {
    Entry known = objects.get(key);
    return known != null && known.revision.equals(expected) && objects.remove(key, known);
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody; never handed out
  private record Entry(byte[] bytes, Revision revision, Instant modified) {
    static Entry of(byte[] bytes) {
      return new Entry(bytes, new Revision(Sha256.of(bytes).hex()), Instant.now());
    }

    ObjectStat stat(ObjectKey key) {
      return new ObjectStat(key, bytes.length, revision, modified);
    }
  }

  private final class Writer extends ObjectWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean finished;

    @Override
    public void write(int b) throws IOException {
      checkOpen();
      bytes.write(b);
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
      checkOpen();
      bytes.write(b, offset, length);
    }

    @Override
    public boolean putIfAbsent(ObjectKey key) throws IOException {
      checkOpen();
      finished = true;
      return objects.putIfAbsent(key, Entry.of(bytes.toByteArray())) == null;
    }

    @Override
    public void close() {
      finished = true;
    }

    private void checkOpen() throws IOException {
      if (finished) {
        throw new IOException("this writer is closed");
      }
    }
  }

  private static final class Reader implements ObjectReader {
    private final ObjectStat stat;
    private final BytesChannel channel;

    Reader(ObjectStat stat, Entry entry) {
      this.stat = stat;
      this.channel = new BytesChannel(entry.bytes);
    }

    @Override
    public ObjectStat stat() {
      return stat;
    }

    @Override
    public SeekableByteChannel channel() {
      return channel;
    }

    @Override
    public void close() {
      channel.close();
    }
  }

  private static final class BytesChannel implements SeekableByteChannel {
    private final byte[] bytes;
    private long position;
    private boolean closed;

    BytesChannel(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target) {
      if (position >= bytes.length) {
        return -1;
      }
      int count = Math.min(target.remaining(), bytes.length - (int) position);
      target.put(bytes, (int) position, count);
      position += count;
      return count;
    }

    @Override
    public int write(ByteBuffer source) {
      throw new NonWritableChannelException();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      if (newPosition < 0) {
        throw new IllegalArgumentException("position " + newPosition + " is negative");
      }
      position = newPosition;
      return this;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
