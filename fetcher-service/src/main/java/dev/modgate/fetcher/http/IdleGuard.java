package dev.modgate.fetcher.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Ends bodies that stall or trickle. The HTTP client itself waits for ever for the next byte.
///
/// Only time spent waiting for the upstream counts: a slow disk is not its fault.
public final class IdleGuard implements AutoCloseable {
  private final long windowLength;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("idle-guard").factory());

  /// @param window of waiting, over which the average is taken
  IdleGuard(Duration window) {
    this(window, System::nanoTime);
  }

  /// @param nanoTime as [System#nanoTime]
  IdleGuard(Duration window, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.windowLength = window.toNanos();
  }

  /// Reading the result fails with a [TooSlowException] whose message says what was waited for.
  InputStream guard(InputStream body, TimeLimits limits) {
    return new Guarded(body, limits);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /// A body stalled or trickled.
  public static final class TooSlowException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooSlowException(String message) {
      super(message);
    }
  }

  private final class Guarded extends InputStream {
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final InputStream body;
    private final long idleNanos;
    private final long minBytesPerSecond;
    private final ScheduledFuture<?> watch;
    private volatile long waitingSince = NOT_WAITING;
    private volatile boolean stalled;
    private long windowNanos;
    private long windowBytes;

    Guarded(InputStream body, TimeLimits limits) {
      this.body = body;
      this.idleNanos = limits.idle().toNanos();
      this.minBytesPerSecond = limits.minBytesPerSecond();
      long period = Math.max(idleNanos / 4, 1);
      this.watch = clock.scheduleWithFixedDelay(this::check, period, period, TimeUnit.NANOSECONDS);
    }

    private void check() {
      long since = waitingSince;
      if (since != NOT_WAITING && nanoTime.getAsLong() - since > idleNanos) {
        stalled = true;
        try {
          body.close(); // wakes the reader
        } catch (IOException e) {
          // the reader will meet it too
        }
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      long start = nanoTime.getAsLong();
      waitingSince = start;
      int n;
      try {
        n = body.read(into, offset, length);
      } catch (IOException e) {
        throw stalled ? stall() : e;
      } finally {
        waitingSince = NOT_WAITING;
      }
      if (stalled) {
        throw stall();
      }
      pace(n, nanoTime.getAsLong() - start);
      return n;
    }

    private void pace(int n, long nanos) throws IOException {
      windowBytes += Math.max(n, 0);
      windowNanos += nanos;
      if (windowNanos < windowLength) {
        return;
      }
      long rate = windowBytes * TimeUnit.SECONDS.toNanos(1) / windowNanos;
      if (rate < minBytesPerSecond) {
        throw new TooSlowException(
            "only " + rate + " bytes a second came, at least " + minBytesPerSecond + " are wanted");
      }
      windowBytes = 0;
      windowNanos = 0;
    }

    private IOException stall() {
      return new TooSlowException(
          "no byte came for " + TimeUnit.NANOSECONDS.toMillis(idleNanos) + " ms");
    }

    @Override
    public void close() throws IOException {
      watch.cancel(false);
      body.close();
    }
  }
}
