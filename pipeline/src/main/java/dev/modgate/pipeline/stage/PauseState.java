package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a stage pauses because something it depends on is down, and who may try next. While it
/// pauses, one item at a time probes, not sooner than the next try is due. Decides only; see
/// [PauseGate] for the waiting.
final class PauseState {
  private StageStatus.@Nullable Pause pause;
  private boolean probing;

  /// Something is down: begins the pause, or prolongs it after a probe.
  ///
  /// @return whether the pause began
  boolean down(String reason, Duration retryAfter, Instant now) {
    boolean begins = pause == null;
    pause =
        new StageStatus.Pause(reason, pause == null ? now : pause.since(), now.plus(retryAfter));
    probing = false;
    return begins;
  }

  /// Claims the next try.
  ///
  /// @return false where it is not due, or somebody is trying
  boolean tryNow(Instant now) {
    if (pause == null || probing || now.isBefore(nextTry(now))) {
      return false;
    }
    probing = true;
    return true;
  }

  /// A probe ended without a verdict: the next one may try at once.
  void gaveUp() {
    probing = false;
  }

  /// A probe worked: the pause is over.
  ///
  /// @return the pause that ended, if there was one
  Optional<StageStatus.Pause> up() {
    Optional<StageStatus.Pause> ended = current();
    pause = null;
    probing = false;
    return ended;
  }

  Optional<StageStatus.Pause> current() {
    return Optional.ofNullable(pause);
  }

  private Instant nextTry(Instant now) {
    return pause == null || pause.nextTry() == null ? now : pause.nextTry();
  }
}
