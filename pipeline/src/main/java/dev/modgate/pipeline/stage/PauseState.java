package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a stage pauses because something it depends on is down, and who may try next. While it
/// pauses, one item at a time probes, not sooner than the next try is due. A probe that takes long
/// (a download of ten minutes, say) tells nothing yet, neither good nor bad: then one more may try,
/// and the first that works ends the pause. Decides only; see [PauseGate] for the waiting.
final class PauseState {
  /// So long, and one more may try beside a probe.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private StageStatus.@Nullable Pause pause;
  private @Nullable Instant probing;

  /// Something is down: begins the pause, or prolongs it after a probe.
  ///
  /// @return whether the pause began
  boolean down(String reason, Duration retryAfter, Instant now) {
    boolean begins = pause == null;
    pause =
        new StageStatus.Pause(reason, pause == null ? now : pause.since(), now.plus(retryAfter));
    probing = null;
    return begins;
  }

  /// Claims the next try.
  ///
  /// @return false where it is not due, or somebody began to try a moment ago
  boolean tryNow(Instant now) {
    if (!mayTry(now)) {
      return false;
    }
    probing = now;
    return true;
  }

  /// Whether [#tryNow] would be granted.
  boolean mayTry(Instant now) {
    return pause != null
        && !now.isBefore(nextTry(now))
        && (probing == null || !now.isBefore(probing.plus(PATIENCE)));
  }

  /// Whoever may try next, may at once.
  void tryAtOnce(Instant now) {
    StageStatus.Pause current = pause;
    if (current != null) {
      pause = new StageStatus.Pause(current.reason(), current.since(), now);
      probing = null;
    }
  }

  /// A probe ended without a verdict: the next one may try at once.
  void gaveUp() {
    probing = null;
  }

  /// A probe worked: the pause is over.
  ///
  /// @return the pause that ended, if there was one
  Optional<StageStatus.Pause> up() {
    Optional<StageStatus.Pause> ended = current();
    pause = null;
    probing = null;
    return ended;
  }

  Optional<StageStatus.Pause> current() {
    return Optional.ofNullable(pause);
  }

  private Instant nextTry(Instant now) {
    return pause == null || pause.nextTry() == null ? now : pause.nextTry();
  }
}
