package dev.modgate.pipeline.zone;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectReader;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.ObjectStore;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.store.UnusableObjectException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/// The small objects of a store that several processes change at once.
public final class ZoneObjects {
  /// A swap lost this often says that something is wrong with the object, not that it is busy.
  private static final int MAX_TRIES = 100;

  private final ObjectStore zone;

  public ZoneObjects(ObjectStore zone) {
    this.zone = zone;
  }

  /// An object as it was read, and what may replace just that.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Stored(byte[] bytes, Revision revision) {}

  /// What an object is to become.
  ///
  /// @param value what the caller of the change learns
  /// @param bytes empty where the object stays as it is
  public record Next<T>(T value, Optional<byte[]> bytes) {
    public static <T> Next<T> same(T value) {
      return new Next<>(value, Optional.empty());
    }

    public static <T> Next<T> write(T value, byte[] bytes) {
      return new Next<>(value, Optional.of(bytes));
    }
  }

  /// Decides what an object is to become, given what it is.
  @FunctionalInterface
  public interface Change<T, E extends Exception> {
    Next<T> next(Optional<Stored> now) throws IOException, E;
  }

  /// @throws UnusableObjectException also where it is larger than `limit` bytes
  public Optional<Stored> read(ObjectKey key, int limit) throws IOException {
    Optional<ObjectReader> object = zone.open(key);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (ObjectReader reader = object.get()) {
      return Optional.of(new Stored(reader.readAll(limit), reader.stat().revision()));
    }
  }

  /// Changes an object, as often as others change it meanwhile. On return it is durable, also where
  /// it stays as it was.
  ///
  /// @param limit of what is read and written, in bytes
  public <T, E extends Exception> T change(ObjectKey key, int limit, Change<T, E> change)
      throws IOException, E {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<Stored> now = read(key, limit);
      Next<T> next = change.next(now);
      Optional<byte[]> bytes = next.bytes;
      if (bytes.isEmpty() || now.filter(n -> Arrays.equals(n.bytes, bytes.get())).isPresent()) {
        zone.settle(key); // who wrote it may have died before it was durable
        return next.value;
      }
      if (bytes.get().length > limit) {
        throw new UnusableObjectException(
            "\"" + key + "\" would have " + bytes.get().length + " bytes, at most " + limit);
      }
      if (zone.compareAndSwap(key, now.map(Stored::revision), bytes.get())) {
        return next.value;
      }
    }
    throw new UnusableObjectException(
        "\"" + key + "\" changed " + MAX_TRIES + " times while it was written");
  }

  /// Deletes what is there now; what another writer puts in its place at this moment stays.
  public void delete(ObjectKey key) throws IOException {
    Optional<ObjectStat> now = zone.stat(key);
    if (now.isPresent()) {
      var _ = zone.delete(key, now.get().revision());
    }
  }
}
