package dev.modgate.fetcher.measure;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Quantiles of durations over the last ten minutes: a ring of minutes, each a row of buckets whose
/// bounds grow by √2 from a millisecond to three minutes. Not for use by several threads.
final class Latencies {
  private static final int MINUTES = 10;
  private static final int BUCKETS = 36;
  private static final double FIRST_NANOS = 1e6;
  private static final double STEP = Math.sqrt(2);

  private final long[][] counts = new long[MINUTES][BUCKETS];
  private final long[] minuteOf = new long[MINUTES];
  private final LongSupplier nanoTime;
  private final long start;

  /// @param nanoTime as [System#nanoTime]
  Latencies(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  void add(Duration latency) {
    long minute = minute();
    int slot = (int) (minute % MINUTES);
    if (minuteOf[slot] != minute) {
      counts[slot] = new long[BUCKETS];
      minuteOf[slot] = minute;
    }
    counts[slot][bucket(latency)]++;
  }

  /// As near as the buckets are. Empty where nothing came in the last minutes.
  ///
  /// @param part 0.95 for what 95 % are below
  Optional<Duration> quantile(double part) {
    long[] all = new long[BUCKETS];
    long sum = 0;
    for (int slot = 0; slot < MINUTES; slot++) {
      if (minute() - minuteOf[slot] < MINUTES) {
        for (int i = 0; i < BUCKETS; i++) {
          all[i] += counts[slot][i];
          sum += counts[slot][i];
        }
      }
    }
    if (sum == 0) {
      return Optional.empty();
    }
    double rank = part * sum;
    int i = 0;
    long below = 0;
    while (i < BUCKETS - 1 && below + all[i] < rank) {
      below += all[i++];
    }
    double within = all[i] == 0 ? 1 : (rank - below) / all[i];
    double low = i == 0 ? 0 : bound(i - 1);
    return Optional.of(Duration.ofNanos((long) (low + within * (bound(i) - low))));
  }

  private long minute() {
    return Duration.ofNanos(nanoTime.getAsLong() - start).toMinutes();
  }

  private static int bucket(Duration latency) {
    double steps = Math.ceil(Math.log(latency.toNanos() / FIRST_NANOS) / Math.log(STEP));
    return (int) Math.clamp(steps, 0, BUCKETS - 1);
  }

  /// The upper one, included.
  private static double bound(int bucket) {
    return FIRST_NANOS * Math.pow(STEP, bucket);
  }
}
