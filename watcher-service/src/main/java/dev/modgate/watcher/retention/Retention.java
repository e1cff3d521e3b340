package dev.modgate.watcher.retention;

import dev.modgate.start.Check;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `modgate.watcher.retention.*`; each key is explained in `watcher.yml`.
///
/// @param every how long from one purge to the next, give or take a fifth
/// @param agents what agents sent and were sent
/// @param idempotencyKeys with the answers that were given
/// @param notifications what happened that somebody was told, and the messages
/// @param deadLetters that were retried or discarded
public record Retention(
    @DefaultValue("6h") Duration every,
    @DefaultValue("90d") Duration syncs,
    @DefaultValue("30d") Duration deliveries,
    @DefaultValue("365d") Duration timelines,
    @DefaultValue("30d") Duration runs,
    @DefaultValue("365d") Duration commits,
    @DefaultValue("1825d") Duration sourceHistory,
    @DefaultValue("90d") Duration agents,
    @DefaultValue("24h") Duration idempotencyKeys,
    @DefaultValue("30d") Duration notifications,
    @DefaultValue("365d") Duration deadLetters) {
  private static final Duration MOST = Duration.ofDays(36_500);

  /// Adds what is impossible.
  ///
  /// @param check of the section that `retention` is in
  public Check check(Check check) {
    return check
        .time("retention.every", every, Duration.ofMinutes(1), Duration.ofDays(30))
        .time("retention.syncs", syncs, Duration.ofDays(1), MOST)
        .time("retention.deliveries", deliveries, Duration.ofDays(3), MOST)
        .time("retention.timelines", timelines, Duration.ofDays(1), MOST)
        .time("retention.runs", runs, Duration.ofDays(1), MOST)
        .time("retention.commits", commits, Duration.ofDays(7), MOST)
        .time("retention.source-history", sourceHistory, Duration.ofDays(1), MOST)
        .time("retention.agents", agents, Duration.ofDays(3), MOST)
        .time("retention.idempotency-keys", idempotencyKeys, Duration.ofHours(1), MOST)
        .time("retention.notifications", notifications, Duration.ofDays(15), MOST)
        .time("retention.dead-letters", deadLetters, Duration.ofDays(1), MOST);
  }
}
