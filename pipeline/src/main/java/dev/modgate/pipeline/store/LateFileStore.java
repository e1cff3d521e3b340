package dev.modgate.pipeline.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A [FileObjectStore] in a folder that may not be there yet, such as a mount: as long as it is
/// not, everything is an [IOException]. The folder itself is never made.
public final class LateFileStore implements ObjectStore {
  private final Path folder;
  private final Durability durability;
  private volatile @Nullable ObjectStore opened;

  public LateFileStore(Path folder, Durability durability) {
    this.folder = folder;
    this.durability = durability;
  }

  private ObjectStore store() throws IOException {
    ObjectStore store = opened;
    return store == null ? open() : store;
  }

  private synchronized ObjectStore open() throws IOException {
    ObjectStore store = opened;
    if (store == null) {
      if (!Files.isDirectory(folder)) {
        throw new IOException("store \"" + folder + "\" is not there");
      }
      store = new FileObjectStore(folder, durability);
      opened = store;
    }
    return store;
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
