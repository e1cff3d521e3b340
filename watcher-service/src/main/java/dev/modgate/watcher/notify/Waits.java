package dev.modgate.watcher.notify;

import dev.modgate.watcher.host.BackOff;
import dev.modgate.watcher.notify.send.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Decides what comes after a try: soon again where the receiver failed, seldom where somebody has
/// to change something, and not for ever.
final class Waits {
  /// A receiver that wanted nothing any more is not asked; what waits for it grows old.
  static final Duration LOOK_AT_GONE = Duration.ofHours(1);

  private final BackOff soon;
  private final BackOff seldom;
  private final Duration giveUpAfter;

  /// @param giveUpAfter how long an event is tried
  Waits(Duration giveUpAfter, RandomGenerator random) {
    this.giveUpAfter = giveUpAfter;
    soon = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(10), random);
    seldom = new BackOff(Duration.ofMinutes(5), Duration.ofHours(2), random);
  }

  /// What comes next. Nothing is sent to the channel before its time.
  sealed interface Next {
    Instant notBefore();

    record Sent(Instant notBefore) implements Next {}

    record Again(Instant notBefore, String sentence, boolean refused) implements Next {}

    record GivenUp(Instant notBefore, String sentence) implements Next {}

    record Gone(Instant notBefore, String sentence) implements Next {}
  }

  /// @param failures in a row, before this outcome
  /// @param newest when the first event of the message happened
  Next after(Outcome outcome, int failures, Instant newest, Duration gap, Instant now) {
    return switch (outcome) {
      case Outcome.Delivered _ -> new Next.Sent(now.plus(gap));
      case Outcome.NotNow(var sentence, var wished) -> {
        Instant at = now.plus(soon.after(failures + 1));
        yield again(at.isBefore(wished) ? wished : at, sentence, false, newest, now);
      }
      case Outcome.Refused(var sentence) ->
          again(now.plus(seldom.after(failures + 1)), sentence, true, newest, now);
      case Outcome.Gone(var sentence) -> new Next.Gone(now.plus(LOOK_AT_GONE), sentence);
    };
  }

  private Next again(Instant at, String sentence, boolean refused, Instant newest, Instant now) {
    return isTooOld(newest, now)
        ? new Next.GivenUp(at, "given up: " + sentence)
        : new Next.Again(at, sentence, refused);
  }

  boolean isTooOld(Instant newest, Instant now) {
    return now.isAfter(newest.plus(giveUpAfter));
  }
}
