package dev.modgate.gateway.cache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Calls a store that may never answer, and waits for a limited time. A thread that waits for a
/// disk can't be interrupted, so it is left behind; the number of threads is bounded.
final class Patience implements AutoCloseable {
  private final ThreadPoolExecutor threads;
  private final Duration limit;

  @FunctionalInterface
  interface Call<T> {
    T call() throws IOException;
  }

  /// No answer in time.
  static final class SilentException extends IOException {
    private static final long serialVersionUID = 1L;

    SilentException(String message) {
      super(message);
    }
  }

  Patience(int threads, Duration limit) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            threads,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("zone-store-", 0).factory());
    this.limit = limit;
  }

  /// @param late hears of the end of a call that nobody waits for any more, with its answer where
  ///   it had one
  /// @throws SilentException when there is no answer in time, or no thread left to ask
  /// @throws IOException as the call does
  <T> T call(Call<T> call, Consumer<Optional<T>> late) throws IOException {
    var answer = new CompletableFuture<T>();
    try {
      threads.execute(() -> run(call, answer, late));
    } catch (RejectedExecutionException e) {
      throw new SilentException(
          "all " + threads.getMaximumPoolSize() + " threads wait for the zone store already");
    }
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      var silent =
          new SilentException("the zone store did not answer in " + limit.toMillis() + " ms");
      if (answer.completeExceptionally(silent)) {
        throw silent;
      }
      return now(answer); // in the last moment
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      answer.completeExceptionally(e);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while the zone store was asked");
    }
  }

  private static <T> void run(
      Call<T> call, CompletableFuture<T> answer, Consumer<Optional<T>> late) {
    try {
      T value = call.call();
      if (!answer.complete(value)) {
        late.accept(Optional.of(value));
      }
    } catch (IOException | RuntimeException | Error e) {
      if (!answer.completeExceptionally(e)) {
        late.accept(Optional.empty());
      }
    }
  }

  private static <T> T now(CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while the zone store was asked");
    }
  }

  /// As it was thrown, for who handles it to see its kind.
  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }

  /// Threads that are stuck are left to the end of the process.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
