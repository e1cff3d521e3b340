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
/// A folder that is not there yet reads as an empty store; what is written to it later is seen
/// without a restart.
public final class FileObjectSource implements ObjectSource {
  private static final Logger log = LoggerFactory.getLogger(FileObjectSource.class);

  private final StoreFolder folder;

  /// @throws NotDirectoryException where the root is there, but no folder
  public FileObjectSource(Path root) throws NotDirectoryException {
    if (!Files.isDirectory(root)) {
      if (Files.exists(root)) {
        throw new NotDirectoryException("store \"" + root + "\" is a file, want a folder");
      }
      log.warn("store \"{}\" is not there yet: it reads as empty until it appears", root);
    }
    this.folder = StoreFolder.asItIs(root);
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    Optional<Path> path = folder.find(key);
    return path.isEmpty() ? Optional.empty() : FileReader.open(key, path.get()).map(r -> r);
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    Optional<Path> path = folder.find(key);
    return path.isEmpty() ? Optional.empty() : FileObjectStore.statOf(key, path.get());
  }
}
