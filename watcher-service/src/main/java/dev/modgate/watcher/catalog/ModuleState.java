package dev.modgate.watcher.catalog;

import dev.modgate.gomod.quote.Quoted;
import dev.modgate.pipeline.event.EventJson;

/// Where one want of one module version stands. A closed set that will grow by `held` and
/// `recalled`.
public enum ModuleState {
  REQUESTED,
  FETCHED,
  VERIFIED,
  INSIDE,
  REJECTED,
  /// Asked for again later.
  DEFERRED,
  /// No upstream has it.
  ABSENT,
  /// Nobody waits for it any more: it is not asked for until a sync does again.
  WITHDRAWN,
  /// Put off for so long that it is not asked for until a new sync does.
  GIVEN_UP;

  /// Whether an answer is on its way.
  public boolean inFlight() {
    return switch (this) {
      case REQUESTED, FETCHED, VERIFIED -> true;
      case INSIDE, REJECTED, DEFERRED, ABSENT, WITHDRAWN, GIVEN_UP -> false;
    };
  }

  public String wireName() {
    return EventJson.wireName(this);
  }

  /// @throws IllegalArgumentException for what [#wireName] never gave
  public static ModuleState ofWireName(String name) {
    for (ModuleState state : values()) {
      if (state.wireName().equals(name)) {
        return state;
      }
    }
    throw new IllegalArgumentException("unknown module state " + Quoted.of(name));
  }
}
