package dev.modgate.watcher.git;

import dev.modgate.watcher.git.wire.UnreachableException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Work with an end, however slowly the other side trickles: on a virtual thread, whose sockets are
/// closed when it is interrupted.
record InTime(Duration most) {
  private static final Duration TO_CLEAN_UP = Duration.ofSeconds(10);

  /// @param what for the sentence of a failure
  /// @throws UnreachableException when it takes too long
  /// @throws Exception of the work
  <T> T call(String what, Callable<T> work) throws Exception {
    var task = new FutureTask<>(work);
    Thread thread = Thread.ofVirtual().name("git").start(task);
    try {
      return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error; // it ends the process, where it is caught
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      thread.interrupt();
      thread.join(TO_CLEAN_UP);
      throw new UnreachableException(
          what + " is not read within " + most.toSeconds() + " s, git.time");
    } catch (InterruptedException e) {
      thread.interrupt();
      thread.join(TO_CLEAN_UP);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what + " is not read: the watcher stops");
    }
  }
}
