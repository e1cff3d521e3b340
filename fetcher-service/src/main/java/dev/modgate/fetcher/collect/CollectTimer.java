package dev.modgate.fetcher.collect;

import dev.modgate.pipeline.stage.Fatal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects once an hour, on a thread of its own, at most so many blobs a second.
public final class CollectTimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CollectTimer.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int BLOBS_A_SECOND = 2_000;
  private static final int AT_ONCE = 100;

  private final BlobCollection collection;
  private final Thread thread =
      Thread.ofPlatform()
          .name("blob-collection")
          .daemon() // may be cut off anywhere
          .uncaughtExceptionHandler(Fatal::uncaught)
          .unstarted(this::run);
  private String told = "";
  private int steps;

  public CollectTimer(BlobCollection collection) {
    this.collection = collection;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        // several fetchers come at different times
        Thread.sleep(
            EVERY.multipliedBy(50 + ThreadLocalRandom.current().nextInt(101)).dividedBy(100));
        collect();
      }
    } catch (InterruptedException e) {
      LOG.debug("no more blobs are collected", e);
    }
  }

  private void collect() throws InterruptedException {
    try {
      BlobCollection.Pass pass = collection.pass(this::pace);
      told = "";
      if (pass.blobs() > 0) {
        LOG.info(
            "forgot {} blobs of {} bytes, which were kept last before {}; {} bytes are left",
            pass.blobs(),
            pass.bytes(),
            pass.cutoff(),
            pass.left());
      }
    } catch (IOException | RuntimeException e) {
      if (!e.toString().equals(told)) { // a store can be away for hours
        told = e.toString();
        LOG.warn("old blobs are forgotten later: {}", told);
      }
    }
  }

  private void pace() throws InterruptedException {
    if (++steps % AT_ONCE == 0) {
      Thread.sleep(1_000L * AT_ONCE / BLOBS_A_SECOND);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
