package dev.modgate.pipeline.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// Locks that shut out every other thread and every other process, 64 for all keys of a store. The
/// operating system frees them when a process dies. Lock files stay: a lock is on the file, never
/// by its existence.
final class SwapLocks {
  private static final int STRIPES = 64;

  /// One set for the JVM, because a lock on a file is held by the whole process: two stores over
  /// one folder would get an `OverlappingFileLockException` or, worse, free each other's lock.
  private static final ReentrantLock[] IN_JVM = new ReentrantLock[STRIPES];

  static {
    for (int i = 0; i < STRIPES; i++) {
      IN_JVM[i] = new ReentrantLock();
    }
  }

  private final Path folder;

  SwapLocks(Path folder) {
    this.folder = folder;
  }

  Held lock(ObjectKey key) throws IOException {
    int stripe = Math.floorMod(key.value().hashCode(), STRIPES);
    IN_JVM[stripe].lock();
    try {
      var file =
          FileChannel.open(
              folder.resolve(stripe + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              NOFOLLOW_LINKS);
      try {
        var _ = file.lock();
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
      return () -> {
        try (file) { // closing it unlocks it
          // nothing else to do
        } finally {
          IN_JVM[stripe].unlock();
        }
      };
    } catch (IOException | RuntimeException e) {
      IN_JVM[stripe].unlock();
      throw e;
    }
  }

  interface Held extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
