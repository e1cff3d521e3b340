package dev.modgate.watcher.wantlist;

/// What came is not to be believed, or not to be done. The message says why, for people; where
/// several things are wrong, one a line.
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  public RefusedException(Refusal refusal, String sentence) {
    super(sentence);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }

  /// Never null, unlike [#getMessage].
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
