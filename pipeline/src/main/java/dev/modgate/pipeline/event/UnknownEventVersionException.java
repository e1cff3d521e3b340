package dev.modgate.pipeline.event;

/// A record of newer code. The reader waits for its own upgrade; nothing is wrong with the record.
public final class UnknownEventVersionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownEventVersionException(int version) {
    super(
        "event version "
            + version
            + " is newer than "
            + ModuleEvent.VERSION
            + ", which this code reads: upgrade it");
  }
}
