package dev.modgate.gateway.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectStat;
import dev.modgate.pipeline.store.Revision;
import dev.modgate.pipeline.store.Sha256;
import dev.modgate.start.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of the cache. A file that can't be written, read or deleted is no harm but to the
/// cache: it is logged.
final class CacheFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CacheFolder.class);

  /// How much older than the truth the time of a file may be, so that not each request writes it.
  private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

  private final Path root;
  private final Duration maxAge;
  private final InstantSource clock;
  private final Recency recency;
  private final FileChannel lockFile;
  private final Set<String> beingWritten = ConcurrentHashMap.newKeySet();
  private volatile boolean canWrite = true;

  private CacheFolder(
      Path root, Duration maxAge, InstantSource clock, Recency recency, FileChannel lockFile) {
    this.root = root;
    this.maxAge = maxAge;
    this.clock = clock;
    this.recency = recency;
    this.lockFile = lockFile;
  }

  /// With what an earlier process left there. Foreign files stay.
  ///
  /// @throws StartException when the folder can't be used, or another gateway uses it
  static CacheFolder open(Path root, long maxBytes, Duration maxAge, InstantSource clock) {
    try {
      Files.createDirectories(root);
      FileChannel channel = openLock(root);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StartException(
            "modgate.gateway.cache.folder is \"" + root + "\", which another gateway uses");
      }
      var folder = new CacheFolder(root, maxAge, clock, new Recency(maxBytes), channel);
      folder.load();
      return folder;
    } catch (IOException e) {
      throw new StartException(
          "modgate.gateway.cache.folder is \"" + root + "\", which can't be used: " + e, e);
    }
  }

  /// To read, where the disk of a cache that was used before can't be written now: what is kept
  /// there is served all the same.
  private static FileChannel openLock(Path root) throws IOException {
    Path lock = root.resolve("lock");
    try {
      return FileChannel.open(
          lock, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    } catch (FileSystemException e) {
      if (!Files.isRegularFile(lock)) {
        throw e;
      }
      log.warn("the cache \"{}\" can't be written: {}", root, e.toString());
      return FileChannel.open(lock, StandardOpenOption.READ);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (NonWritableChannelException e) {
      return channel.tryLock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private void load() throws IOException {
    var found = new ArrayList<KeptFile>();
    try (Stream<Path> files = Files.walk(root, 2)) {
      for (Path path : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(path.getFileName());
        if (name.endsWith(".part")) {
          deleteIfPossible(path);
          continue;
        }
        var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
        if (attributes.isRegularFile()) {
          KeptFile.of(name, attributes.size(), attributes.lastModifiedTime().toInstant())
              .ifPresent(found::add);
        }
      }
    }
    found.sort(Comparator.comparing(KeptFile::seen));
    found.forEach(file -> delete(recency.add(file)));
  }

  long bytes() {
    return recency.bytes();
  }

  /// Whether what the zone store holds now is kept already; notes that it was seen there.
  boolean holds(ObjectKey key, Revision revision) {
    Optional<KeptFile> kept = recency.use(KeptFile.hash(key));
    if (kept.isEmpty() || !kept.get().revision().equals(KeptFile.hash(revision))) {
      return false;
    }
    KeptFile file = kept.get();
    Instant now = clock.instant();
    if (file.seen().plus(SEEN_EVERY).isBefore(now)) {
      try {
        Files.setLastModifiedTime(file.in(root), FileTime.from(now));
        recency.seen(file, now);
      } catch (IOException e) { // somebody emptied the folder
        forget(key);
        return false;
      }
    }
    return true;
  }

  /// Begins to keep an object. Empty where somebody else does so now, the folder can't be written,
  /// or all of it is too small.
  Optional<NewFile> begin(ObjectStat object) {
    String hash = KeptFile.hash(object.key());
    if (object.size() > recency.maxBytes() || !beingWritten.add(hash)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new NewFile(this, root, hash, KeptFile.hash(object.revision())));
    } catch (IOException e) {
      beingWritten.remove(hash);
      failed(e);
      return Optional.empty();
    }
  }

  void ended(String key) {
    beingWritten.remove(key);
  }

  void added(KeptFile file) {
    if (!canWrite) {
      canWrite = true;
      log.info("the cache \"{}\" can be written again", root);
    }
    delete(recency.add(file.seenAt(clock.instant())));
  }

  /// One line until a write succeeds again.
  void failed(IOException e) {
    if (canWrite) {
      canWrite = false;
      log.warn(
          "the cache \"{}\" can't be written, so it keeps nothing new: {}", root, e.toString());
    }
  }

  /// The object as the zone store last held it, hashed again. Empty where none is kept, or only one
  /// that is too old.
  Optional<CachedObject> find(ObjectKey key) {
    Optional<KeptFile> kept = recency.use(KeptFile.hash(key));
    Duration age =
        kept.map(file -> Duration.between(file.seen(), clock.instant())).orElse(Duration.ZERO);
    if (kept.isEmpty() || age.compareTo(maxAge) > 0) {
      return Optional.empty();
    }
    try {
      Optional<CachedObject> found = open(key, kept.get(), age.isNegative() ? Duration.ZERO : age);
      if (found.isEmpty()) {
        log.warn("the cache's file of \"{}\" was changed: it is not served, and removed", key);
        forget(key);
      }
      return found;
    } catch (NoSuchFileException e) {
      forget(key);
      return Optional.empty();
    } catch (IOException e) {
      log.warn("the cache's file of \"{}\" can't be read: {}", key, e.toString());
      return Optional.empty();
    }
  }

  private Optional<CachedObject> open(ObjectKey key, KeptFile file, Duration age)
      throws IOException {
    var channel = FileChannel.open(file.in(root), Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
    boolean good = false;
    try {
      good = channel.size() == file.size() && hash(channel).equals(file.content());
      var stat = new ObjectStat(key, file.size(), new Revision(file.content()), file.seen());
      return good ? Optional.of(new CachedObject(stat, channel, age)) : Optional.empty();
    } finally {
      if (!good) {
        channel.close();
      }
    }
  }

  private static String hash(FileChannel channel) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    var buffer = ByteBuffer.allocate(Math.clamp(channel.size(), 1, 64 * 1024));
    while (channel.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    channel.position(0);
    return Sha256.from(digest.digest()).hex();
  }

  /// What the zone store no longer holds.
  void forget(ObjectKey key) {
    recency.remove(KeptFile.hash(key)).ifPresent(file -> delete(List.of(file)));
  }

  private void delete(List<KeptFile> files) {
    files.forEach(file -> deleteIfPossible(file.in(root)));
  }

  private static void deleteIfPossible(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("\"{}\" of the cache can't be deleted: {}", path, e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
