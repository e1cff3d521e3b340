package dev.modgate.pipeline.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the broker answers, by what becomes of the statuses that a stage sends all the time: a
/// consumer itself does not tell. A pause is logged once when it begins and once when it ends. For
/// many threads.
final class BrokerWatch {
  private static final Logger log = LoggerFactory.getLogger(BrokerWatch.class);

  /// A broker may be slow for some seconds.
  private static final Duration SHORTEST = Duration.ofSeconds(5);

  /// How often Kafka's clients connect again.
  private static final Duration NEXT_TRY = Duration.ofSeconds(1);

  private final String stage;
  private final String reason;
  private final Duration patience;
  private @Nullable Instant unanswered;
  private boolean told;

  /// @param stage for the log
  /// @param statusEvery how often a status is sent: two that nobody took are no chance
  BrokerWatch(String stage, String servers, Duration statusEvery) {
    this.stage = stage;
    this.reason = "kafka at \"" + servers + "\" does not answer";
    Duration two = statusEvery.multipliedBy(2);
    this.patience = two.compareTo(SHORTEST) > 0 ? two : SHORTEST;
  }

  /// A status is about to be sent.
  synchronized void sending(Instant now) {
    if (unanswered == null) {
      unanswered = now;
    }
  }

  /// What became of one.
  ///
  /// @param problem null where the broker took it
  synchronized void answered(@Nullable Exception problem, Instant now) {
    if (problem instanceof RetriableException) {
      return; // nobody was there, or nobody who could take it
    }
    if (told && unanswered != null) {
      log.info("{} goes on after a pause of {}: {}", stage, since(unanswered, now), reason);
    }
    told = false;
    unanswered = null;
  }

  /// The pause, from when nobody has answered for long.
  synchronized Optional<StageStatus.Pause> pause(Instant now) {
    Instant since = unanswered;
    if (since == null || since(since, now).compareTo(patience) <= 0) {
      return Optional.empty();
    }
    if (!told) {
      told = true;
      log.warn("{} pauses: {}; next try in {}", stage, reason, NEXT_TRY);
    }
    return Optional.of(new StageStatus.Pause(reason, since, now.plus(NEXT_TRY)));
  }

  private static Duration since(Instant since, Instant now) {
    return Duration.between(since, now);
  }
}
