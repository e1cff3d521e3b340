package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.stage.Item.Outcome;
import dev.modgate.pipeline.stage.StageStatus.State;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a stage knows of itself. Written by its poll thread, read by anybody.
final class StageHealth {
  private State state = State.STARTING;
  private Instant since = Instant.now();
  private List<StageStatus.Pause> pauses = List.of();
  private int partitions;
  private int inFlight;
  private long bytesInFlight;
  private @Nullable Instant oldestItem;
  private long done;
  private long deferred;
  private long deadLettered;

  synchronized void ended(Outcome outcome) {
    switch (outcome) {
      case DONE -> done++;
      case DEFERRED -> {
        done++;
        deferred++;
      }
      case DEAD_LETTERED -> {
        done++;
        deadLettered++;
      }
      case CANCELLED -> {}
    }
  }

  /// @return whether the state or a pause's reason is another one than before
  synchronized boolean is(State now, List<StageStatus.Pause> reasons) {
    boolean changed =
        now != state
            || !reasons.stream()
                .map(StageStatus.Pause::reason)
                .toList()
                .equals(pauses.stream().map(StageStatus.Pause::reason).toList());
    if (now != state) {
      since = Instant.now();
    }
    state = now;
    pauses = List.copyOf(reasons);
    return changed;
  }

  synchronized void holds(int assigned, Window window, @Nullable Instant oldest) {
    partitions = assigned;
    inFlight = window.items();
    bytesInFlight = window.bytes();
    oldestItem = oldest;
  }

  synchronized State state() {
    return state;
  }

  synchronized StageStatus status(StageDuty<?> duty, List<DependencyStatus> dependencies) {
    return new StageStatus(
        duty.name(),
        duty.groupId(),
        duty.instance(),
        Instant.now(),
        state,
        since,
        pauses,
        partitions,
        inFlight,
        bytesInFlight,
        done,
        deferred,
        deadLettered,
        oldestItem,
        dependencies);
  }
}
