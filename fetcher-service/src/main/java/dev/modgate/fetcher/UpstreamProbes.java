package dev.modgate.fetcher;

import dev.modgate.fetcher.chain.UpstreamChain;
import dev.modgate.pipeline.stage.StageCommand;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Probes the upstreams now and then, and when somebody asks for it.
final class UpstreamProbes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UpstreamProbes.class);

  private final UpstreamChain chain;
  private final Duration every;
  private final ReentrantLock one = new ReentrantLock();
  private volatile @Nullable Thread thread;

  /// @param every zero: never by itself
  UpstreamProbes(UpstreamChain chain, Duration every) {
    this.chain = chain;
    this.every = every;
  }

  void start() {
    if (every.isPositive()) {
      thread = Thread.ofVirtual().name("upstream-probes").start(this::run);
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(every);
        probe();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /// Returns at once.
  void command(StageCommand command) {
    switch (command.order()) {
      case PROBE -> {
        var _ = Thread.ofVirtual().name("upstream-probe").start(this::probeOnce);
      }
      case RESUME, SCRUB, REBUILD -> {} // not for the upstreams
    }
  }

  private void probeOnce() {
    try {
      probe();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does that
    }
  }

  /// Returns when all have answered, or failed. Who asks meanwhile waits, and is not asked again.
  void probe() throws InterruptedException {
    boolean alone = one.tryLock();
    if (!alone) {
      one.lockInterruptibly();
    }
    try {
      if (alone) {
        chain.probe();
      }
    } catch (RuntimeException e) {
      log.error("upstreams could not be probed", e);
    } finally {
      one.unlock();
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
