package dev.modgate.watcher.wantlist;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;

/// Why a watcher does not take a want list.
public enum Refusal {
  /// It ends before it is whole; the rest may be on its way.
  CUT_SHORT,
  /// It is of another form than a want list has.
  MALFORMED,
  /// It is larger than any may be.
  TOO_LARGE,
  /// None of the pinned keys has signed it.
  UNKNOWN_KEY,
  /// A pinned key did not make the signature that bears its name.
  WRONG_SIGNATURE,
  /// Its lines are not those that were signed.
  OTHER_LINES,
  /// Its number was used for another list, or is below all that are remembered.
  REPLAYED,
  /// It was made too long ago, or in the future.
  OUT_OF_TIME,
  /// There is no such source.
  UNKNOWN_SOURCE,
  /// The source is not this agent's.
  FOREIGN_SOURCE,
  /// It names a module that is never to be named outside.
  PRIVATE_PATH;

  /// Whether another list of the same commit may be taken once somebody has set the watcher or the
  /// agent right.
  public boolean passes() {
    return switch (this) {
      case UNKNOWN_KEY, OUT_OF_TIME, UNKNOWN_SOURCE, FOREIGN_SOURCE -> true;
      case CUT_SHORT, MALFORMED, TOO_LARGE, WRONG_SIGNATURE, OTHER_LINES, REPLAYED, PRIVATE_PATH ->
          false;
    };
  }

  public String wireName() {
    return EventJson.wireName(this);
  }

  /// @throws IllegalArgumentException for what [#wireName] never gave
  public static Refusal ofWireName(String name) {
    for (Refusal refusal : values()) {
      if (refusal.wireName().equals(name)) {
        return refusal;
      }
    }
    throw new IllegalArgumentException("unknown refusal " + Quoted.of(name));
  }
}
