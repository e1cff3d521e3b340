package dev.modgate.pipeline.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
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

  private final Force force;
  private final Map<Path, CompletableFuture<Void>> waiting = new HashMap<>();
  private final ReentrantLock[] writing = new ReentrantLock[STRIPES];

  /// Writes one folder to the disk.
  @FunctionalInterface
  interface Force {
    void force(Path folder) throws IOException;
  }

  FolderSync() {
    this(FolderSync::toDisk);
  }

  FolderSync(Force force) {
    this.force = force;
    for (int i = 0; i < STRIPES; i++) {
      writing[i] = new ReentrantLock();
    }
  }

  /// Returns when all that was done in the folder before this call is on the disk.
  void sync(Path folder) throws IOException {
    while (!syncWithOthers(folder)) {
      // again: who wrote for all was interrupted, which says nothing about the folder
    }
  }

  /// @return false where another thread wrote for this one, and was interrupted
  private boolean syncWithOthers(Path folder) throws IOException {
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
      return true;
    } catch (CompletionException e) {
      if (!leader && e.getCause() instanceof ClosedByInterruptException) {
        return false;
      }
      throw new IOException("could not sync the folder \"" + folder + "\": " + e.getMessage(), e);
    }
  }

  /// About how many threads wait for the next write of the folder.
  int waitingFor(Path folder) {
    synchronized (waiting) {
      CompletableFuture<Void> group = waiting.get(folder);
      return group == null ? 0 : 1 + group.getNumberOfDependents();
    }
  }

  private void lead(Path folder, CompletableFuture<Void> group) {
    ReentrantLock lock = writing[Math.floorMod(folder.hashCode(), STRIPES)];
    lock.lock();
    try {
      synchronized (waiting) {
        waiting.remove(folder); // from here on a newcomer needs a write that begins later
      }
      force.force(folder);
      group.complete(null);
    } catch (IOException | RuntimeException e) {
      group.completeExceptionally(e);
    } finally {
      lock.unlock();
    }
  }

  private static void toDisk(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows opens no folders, and needs no such write
    }
  }
}
