package dev.modgate.pipeline.stage;

import java.util.OptionalLong;
import java.util.TreeSet;

/// Which offset of one partition may be committed: the first one that is not done. Offsets are
/// taken in rising order, with gaps where the log has some, and end in any order. For one thread.
final class OffsetTracker {
  /// Widest span from the first offset that is not done to the last one taken. What a restart may
  /// repeat, at most.
  static final int MAX_SPAN = 2_000;

  private final TreeSet<Long> open = new TreeSet<>();
  private long next = -1;
  private long committed = -1;

  /// Whether this offset, or one after it, was taken before.
  boolean isBehind(long offset) {
    return offset < next;
  }

  void taken(long offset) {
    if (offset < next) {
      throw new IllegalStateException("offset " + offset + " was taken after " + (next - 1));
    }
    open.add(offset);
    next = offset + 1;
  }

  /// @param offset done, with its results acknowledged
  void done(long offset) {
    if (!open.remove(offset)) {
      throw new IllegalStateException("offset " + offset + " is not in flight");
    }
  }

  /// The position to commit; empty where it is committed already, or nothing was taken.
  OptionalLong toCommit() {
    long position = position();
    return position < 0 || position == committed ? OptionalLong.empty() : OptionalLong.of(position);
  }

  /// Takes it that the position is committed, so that it is not asked for again.
  void committing(long position) {
    committed = position;
  }

  /// The last commit did not come through: [#toCommit] names the position again.
  void commitFailed() {
    committed = -1;
  }

  boolean isFull() {
    return next >= 0 && next - position() >= MAX_SPAN;
  }

  /// Whoever restarts here begins with the first offset that is not done. Before anything ended,
  /// that is the first one taken: committing it changes nothing and does no harm.
  private long position() {
    return open.isEmpty() ? next : open.first();
  }
}
