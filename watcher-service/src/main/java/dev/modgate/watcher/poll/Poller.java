package dev.modgate.watcher.poll;

import dev.modgate.pipeline.stage.Fatal;
import dev.modgate.watcher.source.GitUrl;
import dev.modgate.watcher.source.Repository;
import dev.modgate.watcher.source.Source;
import dev.modgate.watcher.source.Sources;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Polls what is due, a bounded number at once.
public final class Poller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final int TICKS_PER_SETTLE = 10;

  /// What was polled at a kill is polled again after so long; renewed while a poll goes on.
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration RENEWED_EVERY = Duration.ofSeconds(8);

  private final Sources sources;
  private final RefPolls polls;
  private final RefPolls.Found found;
  private final Semaphore free;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore closing = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "poller");
  private final Map<PollRows.Key, PollRows.Claim> going = new ConcurrentHashMap<>();
  private Instant renewed;
  private boolean failing;

  /// @param atOnce repositories that are asked at a time
  Poller(Sources sources, RefPolls polls, RefPolls.Found found, int atOnce) {
    this.sources = sources;
    this.polls = polls;
    this.found = found;
    this.free = new Semaphore(atOnce);
    this.renewed = found.clock().instant();
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      for (long tick = 0; ; tick++) {
        try {
          renew();
          if (tick % TICKS_PER_SETTLE == 0) {
            settle();
          }
          begin();
          found.missed().judge();
          failing = false;
        } catch (RuntimeException e) {
          failed(e);
        }
        if (closing.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (Error e) {
      Fatal.halt("the poller", e);
    }
  }

  /// Learns which repositories there are.
  void settle() {
    var polled = new ArrayList<PollRows.Polled>();
    var declared = new HashSet<String>();
    for (Source source : sources.all()) {
      declared.add(source.name());
      if (source.poll().isPositive()) {
        for (Repository repository : sources.repositories(source)) {
          polled.add(
              new PollRows.Polled(
                  new PollRows.Key(source.name(), repository.name()),
                  host(repository.url()),
                  source.poll()));
        }
      }
    }
    found.rows().settle(polled, declared, found.waits(), found.clock().instant());
  }

  private static String host(GitUrl url) {
    URI uri = url.uri();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + ":" + (uri.getHost() == null ? "" : "//" + uri.getHost() + port);
  }

  private void renew() {
    Instant now = found.clock().instant();
    if (!now.isBefore(renewed.plus(RENEWED_EVERY))) {
      found.rows().renew(going.values(), now.plus(LEASE));
      renewed = now;
    }
  }

  /// Begins as many polls as are due and may run.
  ///
  /// @return how many
  int begin() {
    int room = free.availablePermits();
    if (room == 0) {
      return 0;
    }
    Instant now = found.clock().instant();
    List<PollRows.Claim> claims = found.rows().claim(room, now, now.plus(LEASE));
    for (PollRows.Claim claim : claims) {
      free.acquireUninterruptibly();
      going.put(claim.key(), claim);
      threads.execute(() -> {
        try {
          poll(claim);
        } catch (RuntimeException e) {
          LOG.warn("the poll of {} is done again: {}", claim.key(), e.toString());
        } catch (Error e) {
          Fatal.halt("a poll", e);
        } finally {
          going.remove(claim.key(), claim);
          free.release();
        }
      });
    }
    return claims.size();
  }

  /// A repository that is declared no more is left alone until the table is settled.
  void poll(PollRows.Claim claim) {
    Optional<Source> source = sources.find(claim.key().source());
    source
        .flatMap(it -> sources.repository(it, claim.key().repository()))
        .ifPresent(repository -> polls.poll(claim, source.orElseThrow(), repository));
  }

  private void failed(RuntimeException e) {
    if (!failing) {
      failing = true;
      LOG.warn("polls wait: {}", e.toString());
    }
  }

  @Override
  public void close() {
    closing.release();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10)); // also where it was never started
      polls.stop();
      threads.shutdown(); // and interrupts nobody who writes
      var _ = threads.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
