package dev.modgate.pipeline.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
    return Optional.ofNullable(objects.get(key))
        .map(entry -> new BytesReader(entry.stat(key), entry.bytes));
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
}
