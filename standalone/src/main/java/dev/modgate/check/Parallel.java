package dev.modgate.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Asks several questions at once, a virtual thread each, and not too many.
final class Parallel {
  /// Few enough that go.mods of the largest size don't fill the memory.
  private static final int AT_ONCE = 16;

  /// A question to the gateway.
  interface Question<A, B> {
    B answer(A about) throws GatewayException;
  }

  private Parallel() {}

  /// @return the answers, in the order of the questions
  /// @throws GatewayException the first that any of them ends with
  static <A, B> List<B> ask(Collection<A> about, Question<A, B> question) throws GatewayException {
    var free = new Semaphore(AT_ONCE);
    var failed = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<B>> asked = new ArrayList<>();
      for (A one : about) {
        free.acquire();
        if (failed.get()) {
          break; // the first failure is told below
        }
        asked.add(
            threads.submit(() -> {
              try {
                return question.answer(one);
              } catch (GatewayException | RuntimeException e) {
                failed.set(true);
                throw e;
              } finally {
                free.release();
              }
            }));
      }
      List<B> answers = new ArrayList<>();
      for (Future<B> future : asked) {
        try {
          answers.add(future.get());
        } catch (ExecutionException e) {
          threads.shutdownNow();
          throw unwrapped(e);
        }
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayException("interrupted");
    }
  }

  private static GatewayException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case GatewayException known -> known;
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      case null, default -> throw new IllegalStateException(e);
    };
  }
}
