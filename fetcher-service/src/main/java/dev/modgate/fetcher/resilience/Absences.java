package dev.modgate.fetcher.resilience;

import dev.modgate.fetcher.source.Miss;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What an upstream said lately that it has not, so that it is not asked for it over and over. Safe
/// for use by many threads.
public final class Absences {
  private static final int MOST = 10_000;

  private record Absence(Miss miss, Instant said) {}

  private final Duration kept;
  private final Clock clock;
  private final Map<String, Absence> byPath =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Absence> eldest) {
          return size() > MOST;
        }
      };

  /// @param kept zero: nothing is
  public Absences(Duration kept, Clock clock) {
    this.kept = kept;
    this.clock = clock;
  }

  /// What it said, and when; empty where it is to be asked.
  public synchronized Optional<Miss> of(String path) {
    Absence absence = byPath.get(path);
    if (absence == null) {
      return Optional.empty();
    }
    Duration ago = Duration.between(absence.said(), clock.instant());
    if (ago.isNegative() || ago.compareTo(kept) >= 0) { // a clock that was put back
      byPath.remove(path);
      return Optional.empty();
    }
    return Optional.of(
        new Miss(
            absence.miss().kind(), absence.miss().sentence() + ", " + ago.toSeconds() + " s ago"));
  }

  public synchronized void add(String path, Miss miss) {
    if (kept.isPositive() && miss.kind() == Miss.Kind.ABSENT) {
      byPath.remove(path); // so that it is the youngest
      byPath.put(path, new Absence(miss, clock.instant()));
    }
  }

  synchronized int size() {
    return byPath.size();
  }
}
