package dev.modgate.watcher.git;

import dev.modgate.gomod.quote.Quoted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder for each reading, deleted after it. Each process has one of its own around them, with a
/// locked file in it; those that nobody locks any more were left by a kill, and go when the next
/// process begins.
final class ReadFolders implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReadFolders.class);
  private static final String LOCK = "lock";
  private static final String PROCESS = "process-";

  private final Path folder;
  private @Nullable Own own;

  private ReadFolders(Path folder) {
    this.folder = folder;
  }

  /// @param lock held for as long as this process lives
  private record Own(Path folder, FileChannel lock) {}

  /// Deletes what was left. The folder is made when something is read.
  static ReadFolders open(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return new ReadFolders(folder);
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, PROCESS + "*")) {
      for (Path process : left) {
        deleteIfLeft(process);
      }
    }
    return new ReadFolders(folder);
  }

  private static Own own(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path own = folder.resolve(PROCESS + UUID.randomUUID());
    // locked before it has its name: another process may look for leftovers now
    Path nascent = Files.createDirectory(folder.resolve("nascent-" + UUID.randomUUID()));
    FileChannel channel =
        FileChannel.open(
            nascent.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    Files.move(nascent, own);
    return new Own(own, channel);
  }

  private static void deleteIfLeft(Path process) throws IOException {
    try (FileChannel channel = FileChannel.open(process.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        log.info("deletes {}, left by a process that is gone", Quoted.of(process.toString()));
        delete(process);
      }
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      // another process deletes it, or it is of this one
    }
  }

  synchronized Place begin() throws IOException {
    if (own == null) {
      own = own(folder);
    }
    return new Place(Files.createDirectory(own.folder().resolve("read-" + UUID.randomUUID())));
  }

  @Override
  public synchronized void close() throws IOException {
    if (own != null) {
      own.lock().close();
      delete(own.folder());
      own = null;
    }
  }

  /// Deleted with all that is in it when it is closed.
  record Place(Path path) implements AutoCloseable {
    @Override
    public void close() {
      try {
        delete(path);
      } catch (IOException e) {
        log.warn("{} can't be deleted: {}", Quoted.of(path.toString()), e.toString());
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
