package dev.modgate.gateway.cache;

import dev.modgate.pipeline.store.ObjectKey;
import dev.modgate.pipeline.store.ObjectSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the zone store is there, and one line when it leaves and one when it is back.
final class StoreWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);

  /// Never there, so a look at it tells whether the store is.
  private static final ObjectKey PROBE = new ObjectKey("_modgate/probe");

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration STEADY = Duration.ofMinutes(1);

  private final ObjectSource zone;
  private final Patience patience;
  private final Duration firstWait;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("zone-store-watch").factory());

  private volatile @Nullable Away away;
  private long backAt = System.nanoTime() - STEADY.toNanos();
  private Duration wait;

  /// @param sinceNanos by [System#nanoTime]
  private record Away(String why, long sinceNanos) {}

  StoreWatch(ObjectSource zone, Patience patience, Duration firstWait, MeterRegistry registry) {
    this.zone = zone;
    this.patience = patience;
    this.firstWait = firstWait;
    this.wait = firstWait;
    Gauge.builder("modgate.gateway.zone.store.away", this, w -> w.away == null ? 0 : 1)
        .description("1 while the zone store can't be read and the cache stands in")
        .register(registry);
  }

  /// @throws IOException while the store is known to be away: it is not to be asked
  void check() throws IOException {
    Away now = away;
    if (now != null) {
      throw new IOException("the zone store is away: " + now.why);
    }
  }

  /// To be told of every call that failed while the store was not known to be away.
  void failed(IOException failure) {
    if (failure instanceof Patience.SilentException) {
      leave(failure);
      return;
    }
    try {
      look();
      log.warn("the zone store is there, but: {}", failure.toString());
    } catch (IOException e) {
      leave(e);
    }
  }

  private void look() throws IOException {
    var _ = patience.call(() -> zone.stat(PROBE), _ -> {});
  }

  private synchronized void leave(IOException why) {
    if (away != null) {
      return;
    }
    boolean again = System.nanoTime() - backAt < STEADY.toNanos();
    Duration twice = wait.multipliedBy(2);
    wait = !again ? firstWait : twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    away = new Away(String.valueOf(why.getMessage()), System.nanoTime());
    log.warn(
        "the zone store can't be read; what was served before is served from the cache until it"
            + " is back: {}",
        why.getMessage());
    lookLater();
  }

  private void lookLater() {
    try {
      var _ = timer.schedule(this::lookAgain, wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("the gateway stops"); // who closed the timer does not look any more
    }
  }

  private void lookAgain() {
    try {
      look();
      comeBack();
    } catch (IOException e) {
      lookLater();
    } catch (RuntimeException e) {
      log.error("a look at the zone store went wrong", e);
      lookLater();
    }
  }

  private synchronized void comeBack() {
    Away was = away;
    away = null;
    backAt = System.nanoTime();
    if (was != null) {
      log.info(
          "the zone store is back after {} s",
          Duration.ofNanos(backAt - was.sinceNanos).toSeconds());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
