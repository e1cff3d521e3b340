package dev.modgate.watcher.poll;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.modgate.gomod.quote.Quoted;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How well a source is heard.
///
/// @param sentence why, for people
/// @param lastEvent when a webhook last came that its host had signed, whatever it told of; null
///   for none that is kept
/// @param lastPoll when its refs were last seen; null for never
/// @param missedByWebhook commits that a poll found and no webhook told of
/// @param lastMissed the newest of them; null for none
public record SourceHealth(
    State state,
    String sentence,
    @Nullable Instant lastEvent,
    @Nullable Instant lastPoll,
    long missedByWebhook,
    @Nullable MissedCommit lastMissed) {

  public enum State {
    HEALTHY,
    /// Webhooks should come, and don't.
    SILENT,
    /// It can't be polled.
    FAILING;

    @JsonValue
    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public record MissedCommit(String repository, String ref, String commit, Instant foundAt) {}

  /// What is known of a source.
  ///
  /// @param webhook whether it has a secret
  /// @param failing repositories, of so many `polled`, whose newest poll failed
  /// @param error of the newest failure; null for none
  record Facts(
      boolean webhook,
      int polled,
      int failing,
      @Nullable String error,
      @Nullable Instant lastEvent,
      @Nullable Instant lastPoll,
      long missed,
      @Nullable MissedCommit lastMissed) {}

  static SourceHealth of(Facts facts) {
    if (facts.failing() > 0) {
      String repositories =
          facts.polled() == 1
              ? "it can't be polled"
              : facts.failing() + " of " + facts.polled() + " repositories can't be polled";
      return of(State.FAILING, repositories + ": " + facts.error(), facts);
    }
    MissedCommit missed = facts.lastMissed();
    if (facts.webhook() && missed != null && !isAfter(facts.lastEvent(), missed.foundAt())) {
      return of(
          State.SILENT,
          "a poll found "
              + Quoted.of(missed.ref())
              + " at "
              + missed.commit()
              + ", no webhook told of it, and none came since",
          facts);
    }
    if (facts.lastEvent() == null && facts.lastPoll() == null) {
      return of(State.SILENT, "nothing was heard of it yet", facts);
    }
    return of(
        State.HEALTHY,
        facts.polled() > 0
            ? "it is polled" + (facts.webhook() ? ", and no webhook is missing" : "")
            : "its webhooks come, it is not polled",
        facts);
  }

  private static boolean isAfter(@Nullable Instant event, Instant found) {
    return event != null && event.isAfter(found);
  }

  private static SourceHealth of(State state, String sentence, Facts facts) {
    return new SourceHealth(
        state, sentence, facts.lastEvent(), facts.lastPoll(), facts.missed(), facts.lastMissed());
  }
}
