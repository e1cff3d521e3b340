package dev.modgate.publisher.scrub;

import dev.modgate.pipeline.stage.Fatal;
import java.time.Duration;

/// A thread of its own for what goes on slowly beside the publications, until it is closed. It does
/// not keep the process: whoever comes next goes on.
final class WalkThread implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Thread thread;

  /// What is done there; ends by being interrupted.
  @FunctionalInterface
  interface Walk {
    void run() throws InterruptedException;
  }

  WalkThread(String name, Walk walk) {
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .daemon()
            .uncaughtExceptionHandler(Fatal::uncaught)
            .unstarted(() -> run(walk));
  }

  private static void run(Walk walk) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        walk.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      var _ = thread.getState() == Thread.State.NEW || thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
