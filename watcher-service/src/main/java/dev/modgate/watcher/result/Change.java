package dev.modgate.watcher.result;

import dev.modgate.pipeline.event.DeferReason;
import dev.modgate.pipeline.event.ModuleDeferred;
import dev.modgate.pipeline.event.ModuleEvent;
import dev.modgate.pipeline.event.ModuleFetched;
import dev.modgate.pipeline.event.ModulePublished;
import dev.modgate.pipeline.event.ModuleRejected;
import dev.modgate.pipeline.event.ModuleRequested;
import dev.modgate.pipeline.event.ModuleVerified;
import dev.modgate.watcher.catalog.ModuleRow;
import dev.modgate.watcher.catalog.ModuleState;
import org.jspecify.annotations.Nullable;

/// What an event does to a module row.
///
/// @param to the new state; null where the event changes nothing
/// @param answers whether the request needs no further answer
record Change(@Nullable ModuleState to, boolean answers) {
  private static final Change NONE = new Change(null, false);

  static Change of(@Nullable ModuleRow row, ModuleEvent event) {
    return switch (event) {
      case ModuleRequested _ -> NONE;
      case ModulePublished _ -> new Change(ModuleState.INSIDE, true);
      case ModuleRejected _ -> end(row, event, ModuleState.REJECTED);
      case ModuleDeferred e -> end(row, event, afterDeferral(e));
      case ModuleFetched _ -> progress(row, event, ModuleState.FETCHED);
      case ModuleVerified _ -> progress(row, event, ModuleState.VERIFIED);
    };
  }

  private static ModuleState afterDeferral(ModuleDeferred event) {
    return switch (event.reason()) {
      // other upstreams are asked at once; one that names none to avoid would ask the same again
      case WRONG_BYTES -> event.refusals().isEmpty() ? ModuleState.DEFERRED : ModuleState.REQUESTED;
      case DAMAGED -> ModuleState.REQUESTED; // asked for at once
      case NOT_FOUND -> ModuleState.ABSENT;
      // the code broke on it: it is in the dead letters, and no later try helps until that is
      // mended
      case DEAD_LETTERED -> ModuleState.REJECTED;
      case UPSTREAM_FAILED,
          UPSTREAM_REFUSED,
          UPSTREAM_BAD_ANSWER,
          REFETCH,
          SUMDB_FAILED,
          STORE_FAILED ->
          ModuleState.DEFERRED;
    };
  }

  private static Change end(@Nullable ModuleRow row, ModuleEvent event, ModuleState to) {
    if (event instanceof ModuleDeferred deferred && deferred.reason() == DeferReason.DAMAGED) {
      return damaged(row);
    }
    if (row == null) {
      return new Change(to.inFlight() ? ModuleState.DEFERRED : to, true);
    }
    boolean current =
        sameRequest(row, event) && event.request().attempt() >= row.request().attempt();
    boolean changes = current && row.state().inFlight();
    return new Change(changes ? to : null, current);
  }

  /// Of no request, and true whatever was asked and answered before; where it is under way already,
  /// that mends it.
  private static Change damaged(@Nullable ModuleRow row) {
    if (row == null) {
      return new Change(ModuleState.DEFERRED, false); // its next try is soon
    }
    return row.state().inFlight() ? NONE : new Change(ModuleState.REQUESTED, false);
  }

  private static Change progress(@Nullable ModuleRow row, ModuleEvent event, ModuleState to) {
    boolean forward =
        row != null
            && sameRequest(row, event)
            && event.request().attempt() == row.request().attempt()
            && row.state().inFlight()
            && to.compareTo(row.state()) > 0;
    return forward ? new Change(to, false) : NONE;
  }

  private static boolean sameRequest(ModuleRow row, ModuleEvent event) {
    return row.request().id().equals(event.request().id());
  }
}
