package dev.modgate.fetcher.source;

import java.time.Duration;
import java.util.function.LongSupplier;

/// How long one file may still be worked on in place, over all upstreams, tries and waits. Not for
/// use by several threads.
///
/// A download that makes progress is exempt: it may take as long as it needs.
public final class Patience {
  /// For all files of a module version, which are fetched side by side.
  public static final Duration IN_PLACE = Duration.ofSeconds(60);

  /// For others' requests to end, at all upstreams together. Downloads may last, but not all.
  private static final Duration FOR_SLOTS = Duration.ofMinutes(10);

  /// Who is reached is asked, however late it is.
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final LongSupplier nanoTime;
  private long end;
  private long endOfTurn;
  private long progress;
  private long forSlots = FOR_SLOTS.toNanos();

  public Patience(Duration all) {
    this(all, System::nanoTime);
  }

  /// @param nanoTime as [System#nanoTime]
  public Patience(Duration all, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + all.toNanos();
    this.endOfTurn = end;
  }

  /// The turn of the next upstream begins. What is left is shared, so that one that keeps silent
  /// leaves time for those behind it.
  ///
  /// @param sharers this one, and those that a failure leads on to
  /// @param most for this one
  public void nextTurn(int sharers, Duration most) {
    long now = nanoTime.getAsLong();
    endOfTurn = now + Math.min(Math.max(end - now, 0) / sharers, most.toNanos());
  }

  /// Of this turn; never negative.
  public Duration left() {
    return Duration.ofNanos(Math.max(endOfTurn - nanoTime.getAsLong(), 0));
  }

  /// How long to wait for an answer that may take this long.
  public Duration forAnswer(Duration most) {
    Duration wait = left().compareTo(LEAST) < 0 ? LEAST : left();
    return wait.compareTo(most) < 0 ? wait : most;
  }

  /// Whether there is time for another try after this wait.
  public boolean allows(Duration wait) {
    return left().compareTo(wait.plus(LEAST)) > 0;
  }

  /// A download begins.
  public void downloads() {
    progress = nanoTime.getAsLong();
  }

  /// More of it came: the time since then, or since the last progress, is exempt.
  public void progressed() {
    long now = nanoTime.getAsLong();
    end += now - progress;
    endOfTurn += now - progress;
    progress = now;
  }

  /// The wait for a free slot begins.
  public void waitsForSlot() {
    downloads();
  }

  /// It ended: the time since then is exempt.
  public void waitedForSlot() {
    forSlots -= nanoTime.getAsLong() - progress;
    progressed();
  }

  /// How long it may still wait for free slots; never negative.
  public Duration leftForSlots() {
    return Duration.ofNanos(Math.max(forSlots, 0));
  }
}
