package dev.modgate.publisher;

import dev.modgate.gomod.module.ModulePath;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/// One lock a module path, kept only while somebody holds it or waits for it.
final class PathLocks {
  private final ConcurrentMap<ModulePath, Shared> locks = new ConcurrentHashMap<>();

  /// Waits for the path's turn.
  Held lock(ModulePath path) throws InterruptedException {
    Shared shared =
        locks.compute(path, (_, known) -> (known == null ? new Shared(0) : known).plus(1));
    try {
      shared.lock.lockInterruptibly();
    } catch (InterruptedException e) {
      leave(path);
      throw e;
    }
    return () -> {
      shared.lock.unlock();
      leave(path);
    };
  }

  private void leave(ModulePath path) {
    locks.computeIfPresent(path, (_, shared) -> shared.users == 1 ? null : shared.plus(-1));
  }

  /// Closed by the thread that took it.
  @FunctionalInterface
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  private static final class Shared {
    private final ReentrantLock lock;
    private final int users;

    Shared(int users) {
      this(new ReentrantLock(), users);
    }

    private Shared(ReentrantLock lock, int users) {
      this.lock = lock;
      this.users = users;
    }

    Shared plus(int more) {
      return new Shared(lock, users + more);
    }
  }
}
