package dev.modgate.pipeline.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The folder of a file store: where a key lies, and how what happens there becomes durable.
final class StoreFolder {
  /// What no key can reach: [ObjectKey] refuses the name.
  private static final String OWN = ".tmp-modgate";

  private static final int MAX_NAME_BYTES = 255;
  private static final int MAX_DURABLE = 10_000;
  private static final Duration TEMP_LIFE = Duration.ofDays(1);

  private final Path root;
  private final Path temps;
  private final Durability durability;
  private final FolderSync folderSync;

  /// Folders of which this process knows that the whole way to them is on the disk.
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  private StoreFolder(Path root, Durability durability, FolderSync folderSync) {
    this.root = root;
    this.durability = durability;
    this.folderSync = folderSync;
    this.temps = root.resolve(OWN).resolve("new");
  }

  /// For who writes: with all folders that writing needs, and the way to the root on the disk.
  static StoreFolder ready(Path root, Durability durability, FolderSync folderSync)
      throws IOException {
    Files.createDirectories(root);
    var folder = new StoreFolder(root.toRealPath(), durability, folderSync);
    var _ = folder.own("new");
    for (Path p = folder.root.getParent();
        durability == Durability.FSYNC && p != null && Files.isWritable(p);
        p = p.getParent()) { // what this process can't write it, or one before it, did not create
      folderSync.sync(p);
    }
    return folder;
  }

  /// For who only reads: nothing is created, and the root may be missing.
  static StoreFolder asItIs(Path root) {
    return new StoreFolder(root.toAbsolutePath(), Durability.RELAXED, new FolderSync());
  }

  Path root() {
    return root;
  }

  /// A folder of the store's own, below the root so that it is in the same file system.
  Path own(String name) throws IOException {
    Path own = root.resolve(OWN);
    for (Path p : List.of(own, own.resolve(name))) {
      if (Files.isSymbolicLink(p)) {
        throw new IOException("\"" + p + "\" is a link, which would lead the store elsewhere");
      }
    }
    return Files.createDirectories(own.resolve(name));
  }

  /// Whether this is the folder of the store's own.
  boolean isOwn(Path path) {
    return path.equals(root.resolve(OWN));
  }

  Path newTemp() {
    return temps.resolve(UUID.randomUUID().toString());
  }

  /// @throws IOException where the store itself is gone, so that nothing can be told of its
  ///   objects: its folder was removed, or what was mounted there no longer is
  void checkPresent() throws IOException {
    if (!Files.isDirectory(temps, NOFOLLOW_LINKS)) {
      throw gone();
    }
  }

  /// Whether some writer made this folder a store; a reader needs no right to that writer's own.
  boolean isOfAWriter() {
    return Files.isDirectory(root.resolve(OWN), NOFOLLOW_LINKS);
  }

  IOException gone() {
    return new IOException("store \"" + root + "\" is gone: it has no folder \"" + OWN + "\"");
  }

  /// The file of a key that may be stored, whether or not it is there.
  ///
  /// @throws IllegalArgumentException where the file system cannot hold the name
  Path pathFor(ObjectKey key) {
    if (hasLongSegment(key)) {
      throw new IllegalArgumentException(
          "object key \""
              + key
              + "\" has a segment of more than "
              + MAX_NAME_BYTES
              + " bytes, which a file name cannot have");
    }
    return root.resolve(key.value());
  }

  /// The file of a key; empty where there can be none, and where a link leads elsewhere.
  Optional<Path> find(ObjectKey key) {
    if (hasLongSegment(key)) {
      return Optional.empty();
    }
    Path path = root.resolve(key.value());
    for (Path p = parentOf(path); !p.equals(root); p = parentOf(p)) {
      if (Files.isSymbolicLink(p)) {
        return Optional.empty();
      }
    }
    return Optional.of(path);
  }

  ObjectKey keyOf(Path path) {
    return new ObjectKey(root.relativize(path).toString().replace('\\', '/'));
  }

  /// Creates the folders on the way to `target` that are missing; [#syncName] makes them durable.
  void makeParents(ObjectKey key, Path target) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path p = parentOf(target); !p.equals(root); p = parentOf(p)) {
      if (Files.isDirectory(p, NOFOLLOW_LINKS)) {
        continue; // its parents may still be links
      }
      if (Files.isSymbolicLink(p)) {
        throw new UnusableObjectException(
            "\"" + p + "\" is a link; object \"" + key + "\" is not written");
      }
      if (Files.isRegularFile(p, NOFOLLOW_LINKS)) { // not "exists": another writer may just make it
        throw new UnusableObjectException(
            "object key \"" + key + "\" lies below the object \"" + keyOf(p) + "\"");
      }
      missing.push(p);
    }
    for (Path p : missing) {
      try {
        Files.createDirectory(p);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(p, NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    }
  }

  /// Why a name that is taken, and by no object, can't be had.
  static UnusableObjectException notAnObject(ObjectKey key, Path target) {
    return new UnusableObjectException(
        Files.isDirectory(target, NOFOLLOW_LINKS)
            ? "object key \"" + key + "\" is the folder of other objects"
            : "\"" + target + "\" is a link, or no file; object \"" + key + "\" is not written");
  }

  /// What an access that is denied says: something about the object alone where the store itself is
  /// open to this process.
  IOException denied(ObjectKey key, AccessDeniedException e) {
    String sentence = "object \"" + key + "\": access to \"" + e.getFile() + "\" is denied";
    return Files.isExecutable(root) && Files.isWritable(temps)
        ? new UnusableObjectException(sentence, e)
        : new IOException(sentence, e);
  }

  void syncFile(FileChannel file) throws IOException {
    if (durability == Durability.FSYNC) {
      file.force(true);
    }
  }

  /// Returns when the entry of `target` in its folder is on the disk, and so is each folder on the
  /// way to it: also those that were there, because who created one may have died before it was
  /// durable. Every folder's way is written once a process, and again only after many others.
  void syncName(Path target) throws IOException {
    if (durability == Durability.RELAXED) {
      return;
    }
    folderSync.sync(parentOf(target));
    Deque<Path> unsure = new ArrayDeque<>();
    for (Path p = parentOf(target); !p.equals(root) && !durable.contains(p); p = parentOf(p)) {
      unsure.push(p);
    }
    for (Path p : unsure) {
      folderSync.sync(parentOf(p));
    }
    if (durable.size() > MAX_DURABLE) {
      durable.clear();
    }
    durable.addAll(unsure);
  }

  /// All regular files at or below `start`, lazily, without the store's own and without following
  /// links. To be closed.
  @SuppressWarnings("StreamResourceLeak") // the caller closes it, as the doc says
  Stream<Path> walk(Path start) throws IOException {
    Path own = root.resolve(OWN);
    return Files.find(start, 1024, (path, file) -> file.isRegularFile() && !path.startsWith(own));
  }

  void sweepTemps(Instant now) throws IOException {
    try (var leftovers = Files.newDirectoryStream(temps)) {
      for (Path temp : leftovers) {
        Instant modified = Files.getLastModifiedTime(temp, NOFOLLOW_LINKS).toInstant();
        if (!Files.isDirectory(temp, NOFOLLOW_LINKS) && modified.isBefore(now.minus(TEMP_LIFE))) {
          Files.deleteIfExists(temp);
        }
      }
    } catch (java.nio.file.NoSuchFileException e) {
      // a temp ended between two looks; the next start sweeps the rest
    }
  }

  private static boolean hasLongSegment(ObjectKey key) {
    String value = key.value();
    if (value.length() * 3 <= MAX_NAME_BYTES) {
      return false;
    }
    for (String segment : value.split("/", -1)) {
      if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
        return true;
      }
    }
    return false;
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalStateException("\"" + path + "\" has no folder");
    }
    return parent;
  }
}
