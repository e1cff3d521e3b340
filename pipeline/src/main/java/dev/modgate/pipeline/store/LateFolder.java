package dev.modgate.pipeline.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens a [FileObjectStore] once its folder is there, such as a mount. The folder itself is never
/// made.
public final class LateFolder implements LateStore.Opening {
  private final Path folder;
  private final Durability durability;
  private volatile @Nullable ObjectStore opened;

  public LateFolder(Path folder, Durability durability) {
    this.folder = folder;
    this.durability = durability;
  }

  @Override
  public ObjectStore open() throws IOException {
    ObjectStore store = opened;
    return store == null ? openNow() : store;
  }

  /// The next use opens it anew: it may have been emptied or replaced.
  public void forget() {
    opened = null;
  }

  private synchronized ObjectStore openNow() throws IOException {
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
}
