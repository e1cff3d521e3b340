package dev.modgate.watcher.host;

import java.util.HashSet;
import java.util.Set;

/// Threads that wait on the network, and which therefore may be interrupted: an interrupt in the
/// midst of a write closes the file of an embedded database for everybody. For many threads.
public final class NetworkWaits {
  private final Set<Thread> waiting = new HashSet<>();
  private boolean stopped;

  /// What may be interrupted, and touches no database.
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T call() throws E, InterruptedException;
  }

  /// Behind it the thread is not interrupted.
  ///
  /// @throws InterruptedException where all has stopped, whatever became of the work
  public <T, E extends Exception> T call(Work<T, E> work) throws E, InterruptedException {
    begin();
    try {
      return work.call();
    } catch (Exception e) {
      if (isStopped()) {
        throw new InterruptedException("stopped");
      }
      throw e;
    } finally {
      end();
    }
  }

  private synchronized void begin() throws InterruptedException {
    if (stopped) {
      throw new InterruptedException("stopped");
    }
    waiting.add(Thread.currentThread());
  }

  private synchronized void end() {
    waiting.remove(Thread.currentThread());
    var _ = Thread.interrupted();
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  /// Interrupts who waits, now and from now on.
  public synchronized void stop() {
    stopped = true;
    waiting.forEach(Thread::interrupt);
  }
}
