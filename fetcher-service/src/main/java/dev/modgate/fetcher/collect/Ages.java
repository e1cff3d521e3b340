package dev.modgate.fetcher.collect;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/// How many bytes were used last in which hour.
final class Ages {
  /// What is younger stays: it is on its way.
  static final Duration LEAST = Duration.ofHours(1);

  private final TreeMap<Instant, Long> bytesByHour = new TreeMap<>();
  private long bytes;

  void count(Instant used, long size) {
    bytesByHour.merge(used.truncatedTo(ChronoUnit.HOURS), size, Long::sum);
    bytes += size;
  }

  long bytes() {
    return bytes;
  }

  /// The time before which blobs go: whole hours go for their size, so a little more than needed.
  Instant cutoff(Instant now, Duration maxAge, long maxSize) {
    Instant cutoff = now.minus(maxAge);
    long left = bytes;
    for (Map.Entry<Instant, Long> hour : bytesByHour.entrySet()) {
      if (left <= maxSize) {
        break;
      }
      left -= hour.getValue();
      Instant end = hour.getKey().plus(1, ChronoUnit.HOURS);
      cutoff = end.isAfter(cutoff) ? end : cutoff;
    }
    Instant least = now.minus(LEAST);
    return cutoff.isAfter(least) ? least : cutoff;
  }
}
