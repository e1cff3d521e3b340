package dev.modgate.pipeline.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The objects of a [FileObjectStore], for who may only read them: creates, changes and removes
/// nothing, and needs no right but to read.
///
/// A folder that is missing or empty is an [IOException], not an empty store: what belongs there
/// may not be mounted. What appears later is seen without a restart. Once the folder that every
/// writer keeps in a store was seen, it is demanded too; a copy that never had it is read as it is.
public final class FileObjectSource implements ObjectSource {
  private static final Logger log = LoggerFactory.getLogger(FileObjectSource.class);

  private final StoreFolder folder;
  private volatile boolean isOfAWriter;

  /// @throws NotDirectoryException where the root is there, but no folder
  public FileObjectSource(Path root) throws NotDirectoryException {
    if (!Files.isDirectory(root)) {
      if (Files.exists(root)) {
        throw new NotDirectoryException("store \"" + root + "\" is a file, want a folder");
      }
      log.warn("store \"{}\" is not there yet: nothing can be read until it appears", root);
    }
    this.folder = StoreFolder.asItIs(root);
    this.isOfAWriter = folder.isOfAWriter();
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    Optional<Path> path = folder.find(key);
    return orAbsent(
        path.isEmpty() ? Optional.empty() : FileReader.open(key, path.get()).map(r -> r));
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    Optional<Path> path = folder.find(key);
    return orAbsent(path.isEmpty() ? Optional.empty() : FileObjectStore.statOf(key, path.get()));
  }

  private <T> Optional<T> orAbsent(Optional<T> found) throws IOException {
    if (!isOfAWriter) {
      isOfAWriter = folder.isOfAWriter();
    }
    if (found.isEmpty()) {
      checkPresent();
    }
    return found;
  }

  private void checkPresent() throws IOException {
    if (!Files.isDirectory(folder.root())) {
      throw new IOException("store \"" + folder.root() + "\" is not there");
    }
    if (isOfAWriter && !folder.isOfAWriter()) {
      throw folder.gone();
    }
    if (!isOfAWriter) {
      try (var any = Files.newDirectoryStream(folder.root())) {
        if (!any.iterator().hasNext()) {
          throw new IOException("store \"" + folder.root() + "\" is an empty folder");
        }
      }
    }
  }
}
