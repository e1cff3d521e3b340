package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pauses a stage that makes dead letters in a burst: then the code or the writer is wrong, not the
/// items. For one thread.
public final class DeadLetterBreaker {

  /// When a burst is one.
  ///
  /// @param count of dead letters that opens the breaker; 0 never opens it
  /// @param window within which they come
  /// @param pause how long the stage then pauses
  public record Policy(int count, Duration window, Duration pause) {
    public Policy {
      if (count < 0 || window.isNegative() || pause.isNegative()) {
        throw new IllegalArgumentException(
            count + " dead letters within " + window + " make no breaker that pauses " + pause);
      }
    }

    /// 20 within a minute pause the stage for a minute.
    public static Policy defaults() {
      return new Policy(20, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }
  }

  private static final Logger log = LoggerFactory.getLogger(DeadLetterBreaker.class);

  private final String stage;
  private final Policy policy;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private StageStatus.@Nullable Pause open;

  /// @param stage for the log
  DeadLetterBreaker(String stage, Policy policy) {
    this.stage = stage;
    this.policy = policy;
  }

  /// Counts one dead letter. One that makes a burst begins the pause, or prolongs it; the count
  /// begins anew then.
  ///
  /// @return whether it made a burst
  boolean record(Instant now) {
    if (policy.count() == 0) {
      return false;
    }
    recent.addLast(now);
    while (recent.getFirst().isBefore(now.minus(policy.window()))) {
      recent.removeFirst();
    }
    if (recent.size() < policy.count()) {
      return false;
    }
    recent.clear();
    StageStatus.Pause before = open;
    String reason =
        policy.count()
            + " dead letters within "
            + policy.window().toSeconds()
            + " s: see modgate dead-letters list";
    Instant next = now.plus(policy.pause());
    open = new StageStatus.Pause(reason, before == null ? now : before.since(), next);
    if (before == null) {
      log.error("{} pauses: {}; next try in {}", stage, reason, policy.pause());
    }
    return true;
  }

  /// The pause, if there is one now; ends it when its time has come.
  Optional<StageStatus.Pause> pause(Instant now) {
    StageStatus.Pause pause = open;
    if (pause != null && pause.nextTry() != null && !now.isBefore(pause.nextTry())) {
      end("its time is over", now);
    }
    return Optional.ofNullable(open);
  }

  /// Somebody has seen to it: the pause ends at once, and the count begins anew.
  void acknowledge(Instant now) {
    recent.clear();
    end("somebody acknowledged it", now);
  }

  private void end(String why, Instant now) {
    StageStatus.Pause pause = open;
    if (pause != null) {
      open = null;
      log.info(
          "{} goes on after a pause of {}, because {}: {}",
          stage,
          Duration.between(pause.since(), now),
          why,
          pause.reason());
    }
  }
}
