package dev.modgate.pipeline.stage;

import dev.modgate.pipeline.stage.Item.Outcome;
import dev.modgate.pipeline.stage.StageStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a stage knows of itself. Written by its poll thread, read by anybody.
final class StageHealth {
  /// A poll thread that waits for nothing longer than some seconds makes a turn meanwhile.
  static final Duration SILENT = Duration.ofSeconds(60);

  /// An item may be a large download, and slow.
  static final Duration LONGEST_ITEM = Duration.ofHours(6);

  private State state = State.STARTING;
  private Instant turned = SteadyClock.now();
  private Instant lastPaused = turned;
  private Instant since = SteadyClock.now();
  private List<StageStatus.Pause> pauses = List.of();
  private int partitions;
  private int inFlight;
  private long bytesInFlight;
  private @Nullable Instant oldestItem;
  private long done;
  private long deferred;
  private long deadLettered;

  /// The poll thread lives.
  synchronized void turned(Instant now) {
    turned = now;
    if (!pauses.isEmpty()) {
      lastPaused = now;
    }
  }

  /// Why only a new start helps; empty where the stage works, or waits for something else.
  ///
  /// @param now by the steady clock
  synchronized Optional<String> stuck(Instant now) {
    Duration silent = Duration.between(turned, now);
    if (silent.compareTo(SILENT) > 0) {
      return Optional.of("its poll thread made no turn for " + silent.toSeconds() + " s");
    }
    if (oldestItem != null) {
      Instant worked = oldestItem.isAfter(lastPaused) ? oldestItem : lastPaused;
      Duration age = Duration.between(worked, now);
      if (age.compareTo(LONGEST_ITEM) > 0) {
        return Optional.of("an item is worked on for " + age.toMinutes() + " min");
      }
    }
    return Optional.empty();
  }

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
      since = SteadyClock.now();
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

  /// When this state began; empty where the stage is in another one.
  synchronized Optional<Instant> since(State asked) {
    return state == asked ? Optional.of(since) : Optional.empty();
  }

  synchronized StageStatus status(StageDuty<?> duty, List<DependencyStatus> dependencies) {
    return new StageStatus(
        duty.name(),
        duty.groupId(),
        duty.instance(),
        Instant.now(),
        state,
        SteadyClock.shown(since),
        pauses.stream().map(StageHealth::shown).toList(),
        partitions,
        inFlight,
        bytesInFlight,
        done,
        deferred,
        deadLettered,
        oldestItem == null ? null : SteadyClock.shown(oldestItem),
        dependencies);
  }

  private static StageStatus.Pause shown(StageStatus.Pause pause) {
    Instant next = pause.nextTry();
    return new StageStatus.Pause(
        pause.reason(),
        SteadyClock.shown(pause.since()),
        next == null ? null : SteadyClock.shown(next));
  }
}
