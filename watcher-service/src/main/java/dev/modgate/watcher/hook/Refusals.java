package dev.modgate.watcher.hook;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/// Keeps a flood of what is not authentic out of the database and the log: of each source or agent,
/// and of all that name none, the first twenty of a minute are recorded, then the hundredth, the
/// thousandth and so on.
public final class Refusals {
  private static final int FIRST = 20;

  private record Minute(long minute, long count) {}

  private final Map<String, Minute> counts = new HashMap<>();

  /// @param bucket a declared source or agent, or one for all others: nobody else can make new ones
  /// @return its number in this minute, if it is to be recorded
  public synchronized OptionalLong next(String bucket, Instant now) {
    long minute = now.getEpochSecond() / 60;
    Minute last = counts.get(bucket);
    long count = last == null || last.minute() != minute ? 1 : last.count() + 1;
    counts.put(bucket, new Minute(minute, count));
    return count <= FIRST || isRound(count) ? OptionalLong.of(count) : OptionalLong.empty();
  }

  private static boolean isRound(long count) {
    long rest = count;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }
}
