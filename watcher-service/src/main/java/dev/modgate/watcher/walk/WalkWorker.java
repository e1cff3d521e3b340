package dev.modgate.watcher.walk;

import dev.modgate.gomod.graph.GraphLimits;
import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.host.Trouble;
import dev.modgate.watcher.plan.PrivateModules;
import dev.modgate.watcher.sync.SyncGrowth;
import dev.modgate.watcher.sync.Walks;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Walks what is due, on a thread of its own.
public final class WalkWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WalkWorker.class);

  /// Answers that come together are taken together.
  private static final Duration EVERY = Duration.ofMillis(200);

  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(10);

  /// Each may take some 100 MB.
  private static final int MOST_SESSIONS = 2;

  private final Walks walks;
  private final Walker walker;
  private final SyncGrowth growth;
  private final PrivateModules privateModules;
  private final GraphLimits limits;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, "walks");
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Trouble trouble = new Trouble(LOG, "module graphs wait");
  private final Map<String, Session> sessions =
      new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST_SESSIONS;
        }
      };

  WalkWorker(
      Walks walks,
      Walker walker,
      SyncGrowth growth,
      PrivateModules privateModules,
      GraphLimits limits,
      Clock clock) {
    this.walks = walks;
    this.walker = walker;
    this.growth = growth;
    this.privateModules = privateModules;
    this.limits = limits;
    this.clock = clock;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          while (closed.getCount() > 0 && walkOne()) {
            // more may be due
          }
          trouble.over();
        } catch (RuntimeException e) {
          trouble.met(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Error e) {
      Fatal.halt("the walks", e);
    }
  }

  /// @return false where none was due
  boolean walkOne() {
    Optional<Walks.Leased> leased = walks.lease(clock.instant());
    leased.ifPresent(this::walk);
    return leased.isPresent();
  }

  private void walk(Walks.Leased walk) {
    try {
      Session session = sessions.get(walk.sync());
      if (session == null) {
        session = new Session(ClosureRoots.of(walk.closures()), privateModules, limits);
        sessions.put(walk.sync(), session);
      }
      act(walk, walker.step(walk.sync(), session));
    } catch (BadClosureException e) {
      growth.end(walk, List.of(), new SyncGrowth.End(List.of(), Optional.of(e.sentence())));
    } catch (RuntimeException e) {
      sessions.remove(walk.sync());
      walks.later(walk, clock.instant().plus(AFTER_TROUBLE));
      throw e;
    }
  }

  private void act(Walks.Leased walk, Walker.Step step) {
    switch (step) {
      case Walker.Step.Ask(var items, var unread) -> growth.grow(walk, items, unread);
      case Walker.Step.Wait(boolean lookAgain) -> {
        if (lookAgain) {
          walks.later(walk, clock.instant().plus(AFTER_TROUBLE));
        } else {
          walks.release(walk, false);
        }
      }
      case Walker.Step.End(var items, var end) -> {
        growth.end(walk, items, end);
        sessions.remove(walk.sync());
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
