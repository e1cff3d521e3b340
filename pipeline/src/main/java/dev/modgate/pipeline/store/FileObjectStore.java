package dev.modgate.pipeline.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Objects as files below one folder, under their keys. See the package for what is done in which
/// order. Any number of stores, in any number of processes on this machine, may share a folder.
///
/// A store whose folder is gone, or no longer mounted, is an [IOException], not an empty store.
///
/// Two limits come from the file system: a segment of a key has at most 255 bytes, and no key can
/// be the folder of another (`a` and `a/b`). Writing the first is an [IllegalArgumentException],
/// writing the second an [UnusableObjectException]; reading either finds nothing.
public final class FileObjectStore implements ObjectStore {
  private static final Logger log = LoggerFactory.getLogger(FileObjectStore.class);

  private final StoreFolder folder;
  private final SwapLocks locks;
  private final Consumer<Step> fault;

  /// The moments between which a process may die.
  enum Step {
    TEMP_CREATED,
    TEMP_WRITTEN,
    TEMP_SYNCED,
    LINKED,
    TEMP_UNLINKED,
    RENAMED,
    FOLDER_SYNCED
  }

  /// Opens the store, creating its folder where it is missing, and removes what writers left there
  /// that died more than a day ago.
  public FileObjectStore(Path root, Durability durability) throws IOException {
    this(root, durability, _ -> {});
  }

  FileObjectStore(Path root, Durability durability, Consumer<Step> fault) throws IOException {
    this(root, durability, fault, new FolderSync());
  }

  FileObjectStore(Path root, Durability durability, Consumer<Step> fault, FolderSync folderSync)
      throws IOException {
    this.folder = StoreFolder.ready(root, durability, folderSync);
    this.locks = new SwapLocks(folder.own("locks"));
    this.fault = fault;
    folder.sweepTemps(Instant.now());
  }

  @Override
  public Optional<ObjectReader> open(ObjectKey key) throws IOException {
    Optional<Path> path = folder.find(key);
    try {
      return orAbsent(
          path.isEmpty() ? Optional.empty() : FileReader.open(key, path.get()).map(r -> r));
    } catch (AccessDeniedException e) {
      throw folder.denied(key, e);
    }
  }

  @Override
  public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
    Optional<Path> path = folder.find(key);
    try {
      return orAbsent(path.isEmpty() ? Optional.empty() : statOf(key, path.get()));
    } catch (AccessDeniedException e) {
      throw folder.denied(key, e);
    }
  }

  private <T> Optional<T> orAbsent(Optional<T> found) throws IOException {
    if (found.isEmpty()) {
      folder.checkPresent();
    }
    return found;
  }

  @Override
  public ObjectWriter newWriter() throws IOException {
    var writer = new FileWriter(folder, fault);
    fault.accept(Step.TEMP_CREATED);
    return writer;
  }

  @Override
  public boolean compareAndSwap(ObjectKey key, Optional<Revision> expected, byte[] next)
      throws IOException {
    ObjectStore.checkSwapped(key, next);
    Path target = folder.pathFor(key);
    try (var writer = new FileWriter(folder, fault)) {
      writer.write(next);
      if (expected.isEmpty()) {
        return writer.putIfAbsent(key); // a link needs no lock, and meets other writers of the name
      }
      writer.finish(key);
      try (var _ = locks.lock(key)) {
        Optional<ObjectStat> found = stat(key);
        if (!found.map(ObjectStat::revision).equals(expected)) {
          return false;
        }
        FileRevision.makeYounger(writer.temp(), found.orElseThrow());
        Files.move(writer.temp(), target, StandardCopyOption.ATOMIC_MOVE);
        fault.accept(Step.RENAMED);
      }
      folder.syncName(target);
      fault.accept(Step.FOLDER_SYNCED);
      return true;
    } catch (AccessDeniedException e) {
      throw folder.denied(key, e);
    } catch (FileSystemException e) {
      throw FileWriter.naming(key, e);
    }
  }

  @Override
  public Stream<ObjectStat> list(String prefix) throws IOException {
    String base = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    Optional<Path> start =
        base.isEmpty() ? Optional.of(folder.root()) : folder.find(new ObjectKey(base));
    if (start.isEmpty() || !Files.exists(start.get(), NOFOLLOW_LINKS)) {
      return Stream.empty();
    }
    return folder
        .walk(start.get())
        .flatMap(path -> {
          try {
            return statOf(folder.keyOf(path), path).stream();
          } catch (IOException e) {
            return passedOver(path, e);
          }
        });
  }

  /// One object that can't be read hides no other.
  private Stream<ObjectStat> passedOver(Path path, IOException e) {
    try {
      folder.checkPresent();
    } catch (IOException gone) {
      gone.addSuppressed(e);
      throw new UncheckedIOException(gone);
    }
    log.warn("\"{}\" is not listed: {}", path, e.toString());
    return Stream.empty();
  }

  @Override
  public Iterator<ObjectKey> keys(Optional<ObjectKey> after) throws IOException {
    folder.checkPresent();
    return new SortedKeys(folder, after);
  }

  @Override
  public boolean touch(ObjectKey key) throws IOException {
    Optional<Path> path = file(key);
    if (path.isEmpty()) {
      return false;
    }
    try {
      Files.setLastModifiedTime(path.get(), FileTime.from(Instant.now()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void settle(ObjectKey key) throws IOException {
    Optional<Path> path = file(key);
    if (path.isPresent()) {
      folder.syncName(path.get());
    }
  }

  @Override
  public boolean delete(ObjectKey key) throws IOException {
    Optional<Path> path = file(key);
    if (path.isEmpty()) {
      return false;
    }
    boolean deleted;
    try (var _ = locks.lock(key)) {
      deleted = Files.deleteIfExists(path.get());
    }
    folder.syncName(path.get());
    return deleted;
  }

  @Override
  public boolean delete(ObjectKey key, Revision expected) throws IOException {
    Optional<Path> path = file(key);
    if (path.isEmpty()) {
      return false;
    }
    try (var _ = locks.lock(key)) {
      if (!stat(key).map(ObjectStat::revision).equals(Optional.of(expected))) {
        return false;
      }
      Files.delete(path.get());
    }
    folder.syncName(path.get());
    return true;
  }

  /// Empty where the key names no object: not there, a folder, a link.
  private Optional<Path> file(ObjectKey key) {
    return folder.find(key).filter(path -> Files.isRegularFile(path, NOFOLLOW_LINKS));
  }

  static Optional<ObjectStat> statOf(ObjectKey key, Path path) throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
    if (!found.isRegularFile()) {
      return Optional.empty();
    }
    if (found.size() > FileRevision.MAX_HASHED) {
      return Optional.of(FileRevision.statOfLarge(key, found));
    }
    Optional<FileReader> reader = FileReader.open(key, path);
    if (reader.isEmpty()) {
      return Optional.empty();
    }
    try (var open = reader.get()) {
      return Optional.of(open.stat());
    }
  }

  /// @return false where the name is taken
  static boolean link(Path temp, Path target) throws IOException {
    try {
      Files.createLink(target, temp);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new IOException("the file system of \"" + target + "\" has no hard links", e);
    }
  }
}
