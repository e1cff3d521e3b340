package dev.modgate.pipeline.event;

/// Why a module version can't be had now.
public enum DeferReason {
  /// Every upstream says that there is no such version.
  NOT_FOUND(false),
  /// The upstream did not answer, or answered with an error.
  UPSTREAM_FAILED(true),
  /// The upstream answered 401 or 403.
  UPSTREAM_REFUSED(true),
  /// The upstream answered with something else than it was asked for, such as a login page.
  UPSTREAM_BAD_ANSWER(true),
  /// A blob is gone or damaged; to be fetched again.
  REFETCH(true),
  /// The bytes of an upstream are refused, and others are not asked yet: the watcher asks them at
  /// once.
  WRONG_BYTES(true),
  /// The checksum database said nothing about this version, or nothing to be believed.
  SUMDB_FAILED(true),
  /// A store could not be read or written.
  STORE_FAILED(true),
  /// What was inside is damaged or lost, and can't be repaired from what is at hand: to be fetched
  /// and verified again, whoever asked for it once.
  DAMAGED(true),
  /// The item broke the code of a stage. It is kept as a dead letter, and replayed from there.
  DEAD_LETTERED(false);

  private final boolean laterTryCanHelp;

  DeferReason(boolean laterTryCanHelp) {
    this.laterTryCanHelp = laterTryCanHelp;
  }

  public boolean laterTryCanHelp() {
    return laterTryCanHelp;
  }
}
