package dev.modgate.fetcher.measure;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// What is known of one upstream. Safe for use by many threads.
public final class Measures {
  /// Of less the time says more about latency than about throughput.
  static final long MEASURABLE_BYTES = 16 * 1024;

  /// What is fetched on average, by guess: where latency and throughput weigh alike.
  private static final double TYPICAL_BYTES = 256 * 1024;

  /// One that always fails is not infinitely expensive.
  private static final double LEAST_AVAILABILITY = 0.02;

  private final MovingAverage availability = new MovingAverage();
  private final MovingAverage latencySeconds = new MovingAverage();
  private final MovingAverage bytesPerSecond = new MovingAverage();
  private final Latencies latencies;

  /// @param availability which part of the calls is answered, from 0 to 1
  /// @param median of the time to the head of an answer, over the last minutes
  /// @param p95 what 95 % of these are below
  /// @param bytesPerSecond within bodies
  public record Snapshot(
      OptionalDouble availability,
      Optional<Duration> median,
      Optional<Duration> p95,
      OptionalDouble bytesPerSecond) {}

  public Measures() {
    this(System::nanoTime);
  }

  /// @param nanoTime as [System#nanoTime]
  public Measures(LongSupplier nanoTime) {
    this.latencies = new Latencies(nanoTime);
  }

  /// @param latency from the request to the head of the answer
  public synchronized void answered(Duration latency) {
    availability.add(1);
    latencySeconds.add(seconds(latency));
    latencies.add(latency);
  }

  public synchronized void failed() {
    availability.add(0);
  }

  /// Part of a body came.
  ///
  /// @param reading the time spent waiting for it
  public synchronized void received(long bytes, Duration reading) {
    if (bytes >= MEASURABLE_BYTES && reading.isPositive()) {
      bytesPerSecond.add(bytes / seconds(reading));
    }
  }

  /// How long a file from here takes, failures included, in seconds; 0 where nothing is known, so
  /// that it is found out.
  public synchronized double cost() {
    double each =
        latencySeconds.value().orElse(0)
            + (bytesPerSecond.value().isPresent()
                ? TYPICAL_BYTES / bytesPerSecond.value().getAsDouble()
                : 0);
    double answers = Math.max(availability.value().orElse(1), LEAST_AVAILABILITY);
    return (answers < 1 ? Math.max(each, 0.001) : each) / (answers * answers);
  }

  public synchronized Snapshot snapshot() {
    return new Snapshot(
        availability.value(),
        latencies.quantile(0.5),
        latencies.quantile(0.95),
        bytesPerSecond.value());
  }

  private static double seconds(Duration time) {
    return (double) time.toNanos() / TimeUnit.SECONDS.toNanos(1);
  }
}
