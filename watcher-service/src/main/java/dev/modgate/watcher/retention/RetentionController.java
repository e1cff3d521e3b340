package dev.modgate.watcher.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// How long things are kept, and what was purged.
@RestController
final class RetentionController {
  private final Purge purge;
  private final PurgeTurn turn;
  private final PurgeCounts counts;
  private final PurgeTimer timer;
  private final Clock clock;

  RetentionController(
      Purge purge, PurgeTurn turn, PurgeCounts counts, PurgeTimer timer, Clock clock) {
    this.purge = purge;
    this.turn = turn;
    this.counts = counts;
    this.timer = timer;
    this.clock = clock;
  }

  /// @param nextPurge null before the first look
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(@Nullable Instant nextPurge, List<Kept> kept) {}

  /// @param deleted rows, by the last purge; null where there was none yet
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Kept(
      String what,
      Duration keep,
      @Nullable Long deleted,
      @Nullable Long deletedEver,
      @Nullable Instant purgedAt) {}

  @GetMapping("/api/v1/retention")
  View view() {
    Map<String, PurgeCounts.Count> all = counts.all();
    return new View(
        turn.next().orElse(null),
        purge.rules().stream().map(rule -> kept(rule, all.get(rule.what()))).toList());
  }

  private static Kept kept(RetentionRule rule, PurgeCounts.@Nullable Count count) {
    return count == null
        ? new Kept(rule.what(), rule.keep(), null, null, null)
        : new Kept(
            rule.what(), rule.keep(), count.deleted(), count.deletedEver(), count.purgedAt());
  }

  /// Answered at once; what came of it is in the view. One that runs already is not disturbed.
  @PostMapping("/api/v1/retention/purge")
  @ResponseStatus(HttpStatus.ACCEPTED)
  View purgeNow() {
    turn.hasten(clock.instant());
    timer.wake();
    return view();
  }
}
