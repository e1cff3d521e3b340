package dev.modgate.fetcher.resilience;

/// Tries at one file at one upstream. One that brought more of a file, to be kept, begins the count
/// anew: a large zip over a connection that breaks often comes piece by piece. Not for use by
/// several threads.
public final class Tries {
  /// Less than this is no progress, so that the tries at a file end: the largest has 500 of these.
  static final long PROGRESS = 1L << 20;

  private final int most;
  private int failed;
  private long counted;

  public Tries(int most) {
    this.most = most;
  }

  /// @param kept bytes of the file that need not be fetched again
  public void failed(long kept) {
    if (kept >= counted + PROGRESS) {
      counted = kept;
      failed = 0;
    }
    failed++;
  }

  /// How many failed since there was progress.
  public int failed() {
    return failed;
  }

  public boolean isLeft() {
    return failed < most;
  }
}
