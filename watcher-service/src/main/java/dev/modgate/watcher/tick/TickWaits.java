package dev.modgate.watcher.tick;

import dev.modgate.watcher.host.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Decides when a tick that could not be sent is tried again: soon where its host failed, seldom
/// where somebody has to change something, and not for ever.
final class TickWaits {
  static final Duration GIVEN_UP_AFTER = Duration.ofDays(7);

  /// What a busy host could not take comes back spread over so long.
  private static final Duration SPREAD = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private final BackOff soon;
  private final BackOff seldom;

  TickWaits(RandomGenerator random) {
    this.random = random;
    soon = new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(30), random);
    seldom = new BackOff(Duration.ofHours(1), Duration.ofHours(12), random);
  }

  /// What comes next.
  sealed interface Next {
    record Sent() implements Next {}

    record Stop(String sentence) implements Next {}

    /// @param failures until now
    record Again(Instant at, int failures, String sentence) implements Next {}
  }

  /// @param failures before this outcome
  /// @param changedAt since when this is to be shown
  Next after(TickSender.Outcome outcome, int failures, Instant changedAt, Instant now) {
    return switch (outcome) {
      case TickSender.Outcome.Sent _ -> new Next.Sent();
      case TickSender.Outcome.NotOurs(var sentence) -> new Next.Stop(sentence);
      case TickSender.Outcome.NotAsked(var sentence, var at) ->
          new Next.Again(at.plusMillis(spread()), failures, sentence);
      case TickSender.Outcome.Refused(var sentence) ->
          again(now.plus(seldom.after(failures + 1)), failures + 1, sentence, changedAt);
      case TickSender.Outcome.NotNow(var sentence, var notBefore) -> {
        Instant at = now.plus(soon.after(failures + 1));
        Instant later = at.isBefore(notBefore) ? notBefore : at;
        yield again(later, failures + 1, sentence, changedAt);
      }
    };
  }

  private long spread() {
    return (long) ((double) SPREAD.toMillis() * random.nextDouble());
  }

  private static Next again(Instant at, int failures, String sentence, Instant changedAt) {
    return at.isAfter(changedAt.plus(GIVEN_UP_AFTER))
        ? new Next.Stop(
            "given up after "
                + GIVEN_UP_AFTER.toDays()
                + " days and "
                + failures
                + " tries: "
                + sentence)
        : new Next.Again(at, failures, sentence);
  }
}
