package dev.modgate.publisher.scrub;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps a walk slow, so that what people wait for goes before it. For one thread, but for
/// [#hurry].
final class Pace {
  private final long bytesPerSecond;
  private final AtomicBoolean hurried = new AtomicBoolean();
  private long begun = System.nanoTime();
  private long bytes;

  /// @param bytesPerSecond at least 1
  Pace(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /// As fast as it goes until [#calm]: somebody waits.
  void hurry() {
    hurried.set(true);
  }

  void calm() {
    hurried.set(false);
  }

  /// Returns when as much time has passed as these bytes may take.
  void spent(long more) throws InterruptedException {
    bytes += more;
    long due = begun + (long) (bytes * 1e9 / bytesPerSecond);
    while (!hurried.get() && due - System.nanoTime() > 1_000_000) {
      Thread.sleep(
          Duration.ofNanos(Math.min(due - System.nanoTime(), Duration.ofMillis(200).toNanos())));
    }
    if (hurried.get() || System.nanoTime() - due > Duration.ofSeconds(1).toNanos()) {
      begun = System.nanoTime(); // no burst after what took long by itself
      bytes = 0;
    }
  }
}
