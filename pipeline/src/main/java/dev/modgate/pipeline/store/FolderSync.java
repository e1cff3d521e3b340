package dev.modgate.pipeline.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;

/// Writes folders to the disk, with group commit: who comes while a folder is being written waits
/// for the next write of it, and all who wait share that one.
final class FolderSync {
  private static final int STRIPES = 64;

  private final Map<Path, CompletableFuture<Void>> waiting = new HashMap<>();
  private final ReentrantLock[] writing = new ReentrantLock[STRIPES];

  FolderSync() {
    for (int i = 0; i < STRIPES; i++) {
      writing[i] = new ReentrantLock();
    }
  }

  /// Returns when all that was done in the folder before this call is on the disk.
  void sync(Path folder) throws IOException {
    CompletableFuture<Void> group;
    boolean leader = false;
    synchronized (waiting) {
      group = waiting.get(folder);
      if (group == null) {
        group = new CompletableFuture<>();
        waiting.put(folder, group);
        leader = true;
      }
    }
    if (leader) {
      lead(folder, group);
    }
    try {
      group.join();
    } catch (CompletionException e) {
      throw new IOException("could not sync the folder \"" + folder + "\": " + e.getMessage(), e);
    }
  }

  private void lead(Path folder, CompletableFuture<Void> group) {
    ReentrantLock lock = writing[Math.floorMod(folder.hashCode(), STRIPES)];
    lock.lock();
    try {
      synchronized (waiting) {
        waiting.remove(folder); // from here on a newcomer needs a write that begins later
      }
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (AccessDeniedException e) {
        // Windows opens no folders, and needs no such write
      }
      group.complete(null);
    } catch (IOException | RuntimeException e) {
      group.completeExceptionally(e);
    } finally {
      lock.unlock();
    }
  }
}
