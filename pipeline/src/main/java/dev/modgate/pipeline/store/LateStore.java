package dev.modgate.pipeline.store;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/// A store that is asked for at each use, because it may not be there yet, or no longer: as long as
/// it can't be opened, everything is the [IOException] that says why.
public final class LateStore implements ObjectStore {
  private final Opening opening;

  /// Gives the store that is to be used now. Called by many threads at once, and often.
  @FunctionalInterface
  public interface Opening {
    ObjectStore open() throws IOException;
  }

  public LateStore(Opening opening) {
    this.opening = opening;
  }

  private ObjectStore store() throws IOException {
    return opening.open();
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    return store().open(key);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    return store().stat(key);
  }

  @Override
  public ObjectWriter newWriter() throws IOException {
    return store().newWriter();
  }

  @Override
  public boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next)
      throws IOException {
    return store().compareAndSwap(key, expected, next);
  }

  @Override
  public Stream<ObjectStat> list(String prefix) throws IOException {
    return store().list(prefix);
  }

  @Override
  public Iterator<ObjectKey> keys(Optional<ObjectKey> after) throws IOException {
    return store().keys(after);
  }

  @Override
  public boolean touch(ObjectKey key) throws IOException {
    return store().touch(key);
  }

  @Override
  public void settle(ObjectKey key) throws IOException {
    store().settle(key);
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    return store().delete(key);
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) throws IOException {
    return store().delete(key, expected);
  }
}
