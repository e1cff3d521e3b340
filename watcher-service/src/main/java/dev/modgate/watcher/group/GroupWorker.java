package dev.modgate.watcher.group;

import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.host.BackOff;
import dev.modgate.watcher.host.GroupPages;
import dev.modgate.watcher.host.NetworkWaits;
import dev.modgate.watcher.host.Trouble;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the groups, each in its time, on threads of its own.
public final class GroupWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupWorker.class);
  private static final int AT_ONCE = 4;
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);
  private static final int JITTER = 10;

  private final Sources sources;
  private final Groups groups;
  private final GroupLister lister;
  private final Limits limits;
  private final BackOff backOff;
  private final RandomGenerator random;
  private final Clock clock;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread = new Thread(this::run, "groups");
  private final NetworkWaits network = new NetworkWaits();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Trouble trouble = new Trouble(LOG, "groups are not looked at");

  /// @param every how often a group is looked at
  /// @param confirmAbove a first import of more waits for somebody to confirm it
  public record Limits(Duration every, int confirmAbove) {}

  /// @param random for many threads
  public GroupWorker(
      Sources sources,
      Groups groups,
      GroupPages pages,
      Limits limits,
      RandomGenerator random,
      Clock clock) {
    this.sources = sources;
    this.groups = groups;
    this.lister = new GroupLister(pages, clock);
    this.limits = limits;
    this.backOff = new BackOff(Duration.ofSeconds(30), Duration.ofHours(1), random);
    this.random = random;
    this.clock = clock;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    while (closed.getCount() > 0) {
      try {
        if (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          look();
        }
        trouble.over();
      } catch (InterruptedException e) {
        return; // closed
      } catch (RuntimeException e) {
        trouble.met(e);
      } catch (Error e) {
        Fatal.halt("the groups", e);
      }
    }
  }

  /// Begins to look at those whose time it is.
  void look() throws InterruptedException {
    groups.nearer(limits.every());
    List<Source> all = sources.all();
    for (Source source : all) {
      if (source.place() instanceof Source.Place.Group group) {
        while (!free.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
          if (closed.getCount() == 0) {
            return;
          }
        }
        threads.execute(() -> look(source, group));
      }
    }
  }

  /// Waits until nobody looks any more.
  void awaitLooked() throws InterruptedException {
    free.acquire(AT_ONCE);
    free.release(AT_ONCE);
  }

  private void look(Source source, Source.Place.Group group) {
    try {
      var leased = groups.lease(source, group);
      if (leased.isPresent()) {
        look(leased.get(), source, group);
      }
    } catch (InterruptedException e) {
      // closed: again when the lease has run out
    } catch (RuntimeException e) {
      trouble.met(e); // the same
    } catch (Error e) {
      Fatal.halt("the listing of groups", e);
    } finally {
      free.release();
    }
  }

  private void look(Groups.Leased leased, Source source, Source.Place.Group group)
      throws InterruptedException {
    Listing listing = network.call(() -> lister.list(source, group));
    Discovery.Known known = groups.known(source.name(), new GroupNames(group)::wants);
    Discovery discovery = Discovery.of(leased.state(), known, listing, limits.confirmAbove());
    int failures = failures(leased, listing);
    groups.found(leased, discovery, nextLook(listing, failures), failures);
  }

  private static int failures(Groups.Leased leased, Listing listing) {
    return listing
        .broken()
        .map(broken -> broken.tried() ? leased.failures() + 1 : leased.failures())
        .orElse(0);
  }

  private Instant nextLook(Listing listing, int failures) {
    Instant now = clock.instant();
    if (listing.broken().isEmpty()) {
      long jitter = (long) (random.nextDouble() * (double) limits.every().toMillis() / JITTER);
      return now.plus(limits.every()).plusMillis(jitter);
    }
    Instant at = failures == 0 ? now : now.plus(backOff.after(failures));
    Instant notBefore = listing.broken().get().notBefore();
    return at.isBefore(notBefore) ? notBefore : at;
  }

  @Override
  public void close() {
    closed.countDown();
    network.stop();
    try {
      thread.join(ENDS_WITHIN.toMillis());
      threads.shutdown();
      var _ = threads.awaitTermination(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
